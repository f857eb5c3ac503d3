/** Which of the places 0 … n − 1 are marked: a bit each, or where few are, these places one after another. */
export type Marks = Uint8Array | Uint32Array

/** The smaller of both ways to write it: a thousand operators of whom each has answered few take no more than one standard. */
export function toMarks(n: number, is: (place: number) => boolean): Marks {
  const bits = new Uint8Array(Math.ceil(n / 8))
  let count = 0
  for (let place = 0; place < n; place++) {
    if (!is(place)) continue
    setBit(bits, place)
    count++
  }
  if (count * Uint32Array.BYTES_PER_ELEMENT >= bits.byteLength) return bits
  const places = new Uint32Array(count)
  let next = 0
  for (let place = 0; place < n; place++) if (hasBit(bits, place)) places[next++] = place
  return places
}

/** Ready to be looked up by place. */
export function openMarks(marks: Marks, n: number): (place: number) => boolean {
  if (marks instanceof Uint8Array) return (place) => hasBit(marks, place)
  const bits = new Uint8Array(Math.ceil(n / 8))
  for (const place of marks) setBit(bits, place)
  return (place) => hasBit(bits, place)
}

const hasBit = (bits: Uint8Array, place: number) => (((bits[place >> 3] as number) >> (place & 7)) & 1) === 1

function setBit(bits: Uint8Array, place: number): void {
  bits[place >> 3] = (bits[place >> 3] as number) | (1 << (place & 7))
}
