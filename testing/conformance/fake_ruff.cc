// Stands in for ruff in the tests of the runner: `fake_ruff run FLAGS FILE ARGS` obeys FILE, one
// order a line.
//
//   print TEXT   warn TEXT   show VARIABLE   include FILE   write FILE
//   where        flags       args            stdin          sleep         crash        exit CODE

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

int main(int argc, char** argv) {
  int file = 1;
  while (file < argc && !std::string(argv[file]).ends_with(".ruff")) ++file;
  if (file == argc) return 99;
  std::ifstream program(argv[file]);
  std::string line;
  while (std::getline(program, line)) {
    const std::string order = line.substr(0, line.find(' '));
    const std::string text = line.size() > order.size() ? line.substr(order.size() + 1) : "";
    if (order == "print") {
      std::cout << text << "\n";
    } else if (order == "warn") {
      std::cerr << text << "\n";
    } else if (order == "show") {
      const char* value = std::getenv(text.c_str());
      std::cout << (value == nullptr ? "(unset)" : value) << "\n";
    } else if (order == "include") {
      std::cout << std::ifstream(text).rdbuf();
    } else if (order == "write") {
      if (std::filesystem::exists(text)) return 98;
      std::ofstream(text) << "written";
    } else if (order == "where") {
      std::cout << std::filesystem::current_path().string() << "\n";
    } else if (order == "flags") {
      for (int i = 2; i < file; ++i) std::cout << argv[i] << "\n";
    } else if (order == "args") {
      for (int i = file + 1; i < argc; ++i) std::cout << argv[i] << "\n";
    } else if (order == "stdin") {
      std::cout << std::cin.rdbuf();
      std::cout.clear();
    } else if (order == "sleep") {
      std::cout.flush();
      sleep(60);
    } else if (order == "crash") {
      std::cout.flush();
      std::raise(SIGKILL);
    } else if (order == "exit") {
      std::cout.flush();
      return std::stoi(text);
    }
  }
  return 0;
}
