// What happens next: a 4-ary heap in typed arrays, keyed (time, sequence), at most one entry per id. Setting an id again
// moves its entry, so that the heap is never larger than the number of timers.

const ABSENT = -1;

export interface HeapEntry {
  readonly id: number;
  readonly time: number;
  readonly sequence: number;
}

export class Heap {
  #size = 0;
  #times = new Float64Array(64);
  #sequences = new Float64Array(64);
  #ids = new Int32Array(64);
  /** By id: the place of its entry, or ABSENT. */
  #places = new Int32Array(64).fill(ABSENT);

  get size(): number {
    return this.#size;
  }

  /** Infinity when nothing is due. */
  get firstTime(): number {
    return this.#size === 0 ? Infinity : this.#times[0]!;
  }

  /** Infinity when the id has no entry. */
  timeOf(id: number): number {
    const place = id < this.#places.length ? this.#places[id]! : ABSENT;
    return place === ABSENT ? Infinity : this.#times[place]!;
  }

  set(id: number, time: number, sequence: number): void {
    if (id >= this.#places.length) this.#growPlaces(id);
    let place = this.#places[id]!;
    if (place === ABSENT) {
      if (this.#size === this.#ids.length) this.#growEntries();
      place = this.#size++;
      this.#up(place, id, time, sequence);
    } else if (this.#before(time, sequence, place)) this.#up(place, id, time, sequence);
    else this.#down(place, id, time, sequence);
  }

  remove(id: number): void {
    const place = id < this.#places.length ? this.#places[id]! : ABSENT;
    if (place === ABSENT) return;
    this.#places[id] = ABSENT;
    const last = --this.#size;
    if (place === last) return;
    const time = this.#times[last]!;
    const sequence = this.#sequences[last]!;
    if (this.#before(time, sequence, place)) this.#up(place, this.#ids[last]!, time, sequence);
    else this.#down(place, this.#ids[last]!, time, sequence);
  }

  /** The id that is first, removed; the heap must not be empty. */
  pop(): number {
    const id = this.#ids[0]!;
    this.#places[id] = ABSENT;
    const last = --this.#size;
    if (last > 0) this.#down(0, this.#ids[last]!, this.#times[last]!, this.#sequences[last]!);
    return id;
  }

  clear(): void {
    this.#places.fill(ABSENT);
    this.#size = 0;
  }

  entries(): HeapEntry[] {
    return Array.from({ length: this.#size }, (_, i) => ({
      id: this.#ids[i]!,
      time: this.#times[i]!,
      sequence: this.#sequences[i]!,
    })).sort((a, b) => a.time - b.time || a.sequence - b.sequence);
  }

  #before(time: number, sequence: number, place: number): boolean {
    const there = this.#times[place]!;
    return time < there || (time === there && sequence < this.#sequences[place]!);
  }

  #up(from: number, id: number, time: number, sequence: number): void {
    const times = this.#times;
    const sequences = this.#sequences;
    const ids = this.#ids;
    const places = this.#places;
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const above = times[parent]!;
      if (above < time || (above === time && sequences[parent]! < sequence)) break;
      times[hole] = above;
      sequences[hole] = sequences[parent]!;
      const moved = ids[parent]!;
      ids[hole] = moved;
      places[moved] = hole;
      hole = parent;
    }
    times[hole] = time;
    sequences[hole] = sequence;
    ids[hole] = id;
    places[id] = hole;
  }

  #down(from: number, id: number, time: number, sequence: number): void {
    const times = this.#times;
    const sequences = this.#sequences;
    const ids = this.#ids;
    const places = this.#places;
    const size = this.#size;
    let hole = from;
    for (let child = 4 * hole + 1; child < size; child = 4 * hole + 1) {
      const end = child + 4 < size ? child + 4 : size;
      let least = child;
      let leastTime = times[child]!;
      for (let other = child + 1; other < end; other++) {
        const otherTime = times[other]!;
        if (otherTime > leastTime || (otherTime === leastTime && sequences[other]! > sequences[least]!)) continue;
        least = other;
        leastTime = otherTime;
      }
      if (time < leastTime || (time === leastTime && sequence < sequences[least]!)) break;
      times[hole] = leastTime;
      sequences[hole] = sequences[least]!;
      const moved = ids[least]!;
      ids[hole] = moved;
      places[moved] = hole;
      hole = least;
    }
    times[hole] = time;
    sequences[hole] = sequence;
    ids[hole] = id;
    places[id] = hole;
  }

  #growEntries(): void {
    const length = this.#ids.length * 2;
    const times = new Float64Array(length);
    const sequences = new Float64Array(length);
    const ids = new Int32Array(length);
    times.set(this.#times);
    sequences.set(this.#sequences);
    ids.set(this.#ids);
    [this.#times, this.#sequences, this.#ids] = [times, sequences, ids];
  }

  #growPlaces(id: number): void {
    const places = new Int32Array(2 ** Math.ceil(Math.log2(id + 2))).fill(ABSENT);
    places.set(this.#places);
    this.#places = places;
  }
}
