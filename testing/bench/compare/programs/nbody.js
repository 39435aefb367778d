const body = (x, y, z, vx, vy, vz, mass) => ({ x, y, z, vx, vy, vz, mass })
const bs = [
  body(0, 0, 0, 0, 0, 0, 39.47841760435743),
  body(4.84143144246472, -1.16032004402742, -0.103622044471123, 0.606326392995832, 2.81198684491626, -0.0252183616598876, 0.0376936749062857),
  body(8.34336671824457, 4.1247985641243, -0.403523417114321, -1.01077434617879, 1.82566237123041, 0.00841576137658415, 0.0112863261319687),
  body(12.8943695621391, -15.1111514016986, -0.223307578892655, 1.08279100644153, 0.868713018169608, -0.0108326374013636, 0.0017237240570597),
  body(15.3796971148509, -25.9193146099879, 0.179258772950371, 0.979090732243898, 0.594698998647676, -0.034755955577964, 0.00203368686992463),
]
function advance(dt) {
  const n = bs.length
  for (let i = 0; i < n; i++) {
    const a = bs[i]
    for (let j = i + 1; j < n; j++) {
      const b = bs[j]
      const dx = a.x - b.x, dy = a.y - b.y, dz = a.z - b.z
      const d2 = dx * dx + dy * dy + dz * dz
      const mag = dt / (d2 * Math.sqrt(d2))
      a.vx -= dx * b.mass * mag; a.vy -= dy * b.mass * mag; a.vz -= dz * b.mass * mag
      b.vx += dx * a.mass * mag; b.vy += dy * a.mass * mag; b.vz += dz * a.mass * mag
    }
  }
  for (const b of bs) { b.x += dt * b.vx; b.y += dt * b.vy; b.z += dt * b.vz }
}
for (let s = 0; s < 100000; s++) advance(0.01)
console.log(String(Math.round(bs[0].x * 1000000)))
