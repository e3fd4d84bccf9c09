// The number-crunching kernels of telemetry coding: the plain references, or their WebAssembly twins out of the module
// that the build makes of every `*.as.ts`. The octets of that module are handed in, since nothing here may read files;
// without them the references do the same work, slower.
import type { ReedSolomonCode } from './reed-solomon-code.ts';
import { type ParityDifference, parityDifference } from './reed-solomon-remainder.ts';
import { runTrellis, stepsOf, type TrellisRun, viterbiDepth } from './viterbi-trellis.ts';

export interface Kernels {
  readonly name: 'plain' | 'wasm';
  /** Encoding and clean check of Reed-Solomon codeblocks. */
  readonly parityDifference: ParityDifference;
  /** Viterbi decoding. */
  readonly runTrellis: TrellisRun;
}

export const plainKernels: Kernels = { name: 'plain', parityDifference, runTrellis };

/** What this file uses of the WebAssembly interface: the standard library of the compiler has no types for it. */
interface WebAssemblyInterface {
  readonly Module: new (octets: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: KernelExports };
}

interface Address {
  readonly value: number;
}

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly remainderInput: Address;
  readonly remainderOutput: Address;
  readonly remainderTables: Address;
  remainderRun(slot: number, paritySymbols: number, interleaving: number, length: number): number;
  readonly viterbiSymbols: Address;
  readonly viterbiMetrics: Address;
  readonly viterbiDecisions: Address;
  readonly viterbiBits: Address;
  viterbiRun(steps: number, inversion: number): number;
  viterbiDoubt(): number;
}

const tableStride = 32768;

const remainderKernel = (wasm: KernelExports): ParityDifference => {
  const memory = new Uint8Array(wasm.memory.buffer);
  const input = wasm.remainderInput.value;
  const output = wasm.remainderOutput.value;
  const slots: ReedSolomonCode[] = [];
  const slotOf = (code: ReedSolomonCode): number => {
    const known = slots.indexOf(code);
    if (known >= 0) return known;
    const slot = slots.push(code) - 1; // codes are shared objects: four of them, and four slots
    new Int32Array(memory.buffer, wasm.remainderTables.value + slot * tableStride).set(code.feedback);
    return slot;
  };
  return (code, interleaving, codeblock, difference) => {
    memory.set(codeblock, input);
    const dirty = wasm.remainderRun(slotOf(code), code.paritySymbols, interleaving, codeblock.length);
    const length = code.paritySymbols * interleaving;
    if (dirty === 0) difference.fill(0, 0, length);
    else difference.set(memory.subarray(output, output + length));
    return dirty;
  };
};

const trellisKernel = (wasm: KernelExports): TrellisRun => {
  const octets = new Uint8Array(wasm.memory.buffer);
  const view = (address: Address, length: number) => octets.subarray(address.value, address.value + length);
  const metrics = view(wasm.viterbiMetrics, 64);
  const decisions = view(wasm.viterbiDecisions, viterbiDepth * 8);
  return (memory, symbols, bits, invertSecond) => {
    const steps = stepsOf(symbols);
    metrics.set(memory.metrics);
    decisions.set(memory.decisions);
    octets.set(symbols, wasm.viterbiSymbols.value);
    memory.growth = wasm.viterbiRun(steps, invertSecond ? 255 : 0);
    memory.doubt = wasm.viterbiDoubt();
    memory.metrics.set(metrics);
    memory.decisions.set(decisions);
    bits.set(view(wasm.viterbiBits, bits.length));
  };
};

/** Compiles and starts the module in `module`. Throws what WebAssembly throws for octets that are not one. */
export const loadKernels = (module: Uint8Array): Kernels => {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyInterface };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), {});
  return { name: 'wasm', parityDifference: remainderKernel(exports), runTrellis: trellisKernel(exports) };
};
