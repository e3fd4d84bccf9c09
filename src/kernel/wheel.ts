// What happens next: a hierarchical timing wheel, keyed (time, sequence), at most one entry per id. Setting an id again
// moves its entry. Setting, removing and taking the first cost the same however many entries there are; an entry that
// is far away moves to a finer level at most once a level. Time goes forward only: nothing is set before what was
// taken last. The first level has a slot for each microsecond, so that a slot is one instant and its list, kept in
// order of sequence, is the order in which things happen.

const ABSENT = -1;
const UNKNOWN = -1;
const SLOT_BITS = 10;
const SLOTS = 1 << SLOT_BITS;
const WORD_BITS = 5;
const WORD_MASK = (1 << WORD_BITS) - 1;
/** Together they reach 2^60 us, beyond every exact integer. */
const LEVELS = 6;
/** By level: the microseconds of one slot, and its inverse; powers of two, so that both are exact. */
const UNITS = Float64Array.from({ length: LEVELS + 1 }, (_, level) => 2 ** (SLOT_BITS * level));
const PER_UNIT = UNITS.map((unit) => 1 / unit);
const HORIZON = UNITS[LEVELS]!;

export interface WheelEntry {
  readonly id: number;
  readonly time: number;
  readonly sequence: number;
}

const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);

export class Wheel {
  #size = 0;
  /** The earliest instant that has an entry, or UNKNOWN until somebody asks. */
  #first = Infinity;
  /** By level: the instant of its slot 0. Every entry of a level lies within one turn from there. */
  readonly #starts = new Float64Array(LEVELS);
  /** By level and slot: the ends of a doubly linked list of ids. */
  readonly #heads = new Int32Array(LEVELS * SLOTS).fill(ABSENT);
  readonly #tails = new Int32Array(LEVELS * SLOTS).fill(ABSENT);
  /** A bit for each slot that has entries, and above it a bit for each word that has bits. */
  readonly #words = new Int32Array((LEVELS * SLOTS) >> WORD_BITS);
  readonly #summaries = new Int32Array(LEVELS);
  /** By id: its slot over all levels, or ABSENT; its neighbours in the list; its key. */
  #places = new Int32Array(64).fill(ABSENT);
  #nexts = new Int32Array(64);
  #previous = new Int32Array(64);
  #times = new Float64Array(64);
  #sequences = new Float64Array(64);

  get size(): number {
    return this.#size;
  }

  /** Infinity when nothing is due. */
  get firstTime(): number {
    if (this.#first === UNKNOWN) this.#first = this.#findFirst();
    return this.#first;
  }

  /** Infinity when the id has no entry. */
  timeOf(id: number): number {
    return id < this.#places.length && this.#places[id] !== ABSENT ? this.#times[id]! : Infinity;
  }

  /** NaN when the id has no entry. */
  sequenceOf(id: number): number {
    return id < this.#places.length && this.#places[id] !== ABSENT ? this.#sequences[id]! : Number.NaN;
  }

  /** Throws a RangeError for an instant that is past, or beyond 2^60 us. */
  set(id: number, time: number, sequence: number): void {
    if (!(time >= this.#starts[0]! && time < HORIZON))
      throw new RangeError(`timing wheel: expected an instant from ${this.#starts[0]} us, got ${time}`);
    if (id >= this.#places.length) this.#grow(id);
    else if (this.#places[id] !== ABSENT) this.remove(id);
    this.#size++;
    this.#times[id] = time;
    this.#sequences[id] = sequence;
    if (time < this.#first) this.#first = time;
    this.#place(id, time);
  }

  remove(id: number): void {
    const place = id < this.#places.length ? this.#places[id]! : ABSENT;
    if (place === ABSENT) return;
    const next = this.#nexts[id]!;
    const previous = this.#previous[id]!;
    if (next === ABSENT) this.#tails[place] = previous;
    else this.#previous[next] = previous;
    if (previous === ABSENT) this.#heads[place] = next;
    else this.#nexts[previous] = next;
    if (next === ABSENT && previous === ABSENT) {
      this.#clearSlot(place);
      if (this.#times[id] === this.#first) this.#first = UNKNOWN;
    } else if (place >= SLOTS && this.#times[id] === this.#first) this.#first = UNKNOWN;
    this.#places[id] = ABSENT;
    this.#size--;
  }

  /** The id that is first, removed; the wheel must not be empty. */
  pop(): number {
    const time = this.firstTime;
    if (time - this.#starts[0]! >= SLOTS) this.#turnTo(time);
    const place = time - this.#starts[0]!;
    const id = this.#heads[place]!;
    const next = this.#nexts[id]!;
    this.#heads[place] = next;
    if (next === ABSENT) {
      this.#tails[place] = ABSENT;
      this.#clearSlot(place);
      this.#first = UNKNOWN;
    } else this.#previous[next] = ABSENT;
    this.#places[id] = ABSENT;
    this.#size--;
    return id;
  }

  /** Time starts again from 0. */
  clear(): void {
    this.#size = 0;
    this.#first = Infinity;
    this.#starts.fill(0);
    for (const each of [this.#heads, this.#tails, this.#places]) each.fill(ABSENT);
    this.#words.fill(0);
    this.#summaries.fill(0);
  }

  /** In their order. */
  entries(): WheelEntry[] {
    return Array.from(this.#places, (place, id) => ({ place, id }))
      .filter(({ place }) => place !== ABSENT)
      .map(({ id }) => ({ id, time: this.#times[id]!, sequence: this.#sequences[id]! }))
      .sort((a, b) => a.time - b.time || a.sequence - b.sequence);
  }

  /** Into the finest level whose turn reaches so far. */
  #place(id: number, time: number): void {
    let level = 0;
    let ahead = time - this.#starts[0]!;
    while (ahead >= UNITS[level + 1]!) ahead = time - this.#starts[++level]!;
    const place = level * SLOTS + ((ahead * PER_UNIT[level]!) | 0);
    this.#places[id] = place;
    const last = this.#tails[place]!;
    if (last === ABSENT) {
      this.#heads[place] = id;
      this.#previous[id] = ABSENT;
      this.#words[place >> WORD_BITS]! |= 1 << (place & WORD_MASK);
      this.#summaries[level]! |= 1 << ((place >> WORD_BITS) & WORD_MASK);
    } else if (level > 0 || this.#sequences[last]! < this.#sequences[id]!) {
      this.#nexts[last] = id;
      this.#previous[id] = last;
    } else {
      this.#insert(id, last);
      return;
    }
    this.#nexts[id] = ABSENT;
    this.#tails[place] = id;
  }

  /** Before `last` of the same instant, and before all others that come later than it. Only inputs overtake. */
  #insert(id: number, last: number): void {
    const sequence = this.#sequences[id]!;
    let after = last;
    let before = this.#previous[after]!;
    while (before !== ABSENT && this.#sequences[before]! > sequence) {
      after = before;
      before = this.#previous[after]!;
    }
    this.#nexts[id] = after;
    this.#previous[id] = before;
    this.#previous[after] = id;
    if (before === ABSENT) this.#heads[this.#places[id]!] = id;
    else this.#nexts[before] = id;
  }

  #clearSlot(place: number): void {
    const word = place >> WORD_BITS;
    this.#words[word]! &= ~(1 << (place & WORD_MASK));
    if (this.#words[word] === 0) this.#summaries[place >> SLOT_BITS]! &= ~(1 << (word & WORD_MASK));
  }

  /** The first slot, over all levels, that has entries; ABSENT when none has. A coarser level is later than a finer. */
  #firstPlace(): number {
    for (let level = 0; level < LEVELS; level++) {
      const summary = this.#summaries[level]!;
      if (summary === 0) continue;
      const word = (level << WORD_BITS) + lowestBit(summary);
      return (word << WORD_BITS) + lowestBit(this.#words[word]!);
    }
    return ABSENT;
  }

  /** A coarse slot is searched, not spread: until its time has come something earlier may still be set. */
  #findFirst(): number {
    const place = this.#firstPlace();
    if (place === ABSENT) return Infinity;
    if (place < SLOTS) return this.#starts[0]! + place;
    let first = Infinity;
    for (let id = this.#heads[place]!; id !== ABSENT; id = this.#nexts[id]!)
      if (this.#times[id]! < first) first = this.#times[id]!;
    return first;
  }

  /** The finer levels turn to the instant, which is the first, and its coarse slot is spread over them. */
  #turnTo(time: number): void {
    const place = this.#firstPlace();
    for (let level = place >> SLOT_BITS; level > 0; level--) {
      const start = this.#starts[level]!;
      this.#starts[level - 1] = start + Math.floor((time - start) * PER_UNIT[level]!) * UNITS[level]!;
    }
    let id = this.#heads[place]!;
    this.#heads[place] = ABSENT;
    this.#tails[place] = ABSENT;
    this.#clearSlot(place);
    while (id !== ABSENT) {
      const next = this.#nexts[id]!;
      this.#place(id, this.#times[id]!);
      id = next;
    }
  }

  #grow(id: number): void {
    const length = 2 ** (32 - Math.clz32(id));
    const places = new Int32Array(length).fill(ABSENT);
    places.set(this.#places);
    this.#places = places;
    const wider = <A extends Int32Array | Float64Array>(grown: A, old: A): A => {
      grown.set(old);
      return grown;
    };
    this.#nexts = wider(new Int32Array(length), this.#nexts);
    this.#previous = wider(new Int32Array(length), this.#previous);
    this.#times = wider(new Float64Array(length), this.#times);
    this.#sequences = wider(new Float64Array(length), this.#sequences);
  }
}
