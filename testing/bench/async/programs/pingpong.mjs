class Channel {
  constructor() {
    this.q = [];
    this.head = 0;
    this.waiters = [];
    this.first = 0;
  }
  send(v) {
    if (this.first < this.waiters.length) {
      this.waiters[this.first++](v);
      if (this.first === this.waiters.length) this.waiters.length = this.first = 0;
    } else {
      this.q.push(v);
    }
  }
  async receive() {
    if (this.head < this.q.length) {
      const v = this.q[this.head++];
      if (this.head === this.q.length) this.q.length = this.head = 0;
      return v;
    }
    return new Promise((resolve) => this.waiters.push(resolve));
  }
}
const n = Number(process.argv[2]);
const there = new Channel();
const back = new Channel();
async function echo() {
  for (let i = 0; i < n; i++) back.send((await there.receive()) + 1);
}
const start = performance.now();
const e = echo();
let x = 0;
for (let i = 0; i < n; i++) {
  there.send(x);
  x = await back.receive();
}
await e;
console.log(`MS=${performance.now() - start}`);
console.log(`CHECK=${x}`);
