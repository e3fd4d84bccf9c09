// What link security needs of a cipher, bound to a key: the objects of the crypto room fit without being imported here.

export interface FrameAead {
  readonly tagOctets: number;
  /** Writes ciphertext and tag to `out` from `at` on. */
  sealInto(out: Uint8Array, at: number, iv: Uint8Array, aad: Uint8Array, plain: Uint8Array): void;
  /** Undefined unless the tag is right. Never throws on what came from outside. */
  open(iv: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Uint8Array | undefined;
}

export interface FrameMac {
  readonly tagOctets: number;
  tag(message: Uint8Array): Uint8Array;
}

export type FrameAlgorithm =
  | { readonly service: 'authenticated encryption'; readonly aead: FrameAead }
  | { readonly service: 'authentication'; readonly mac: FrameMac };
