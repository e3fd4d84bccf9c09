// What every run on the host's sockets has in common, whichever half of the link it is.
import type { ByteLink } from '../src/hal/byte-link.ts';
import type { Component } from '../src/kernel/component.ts';
import { instance, topology } from '../src/kernel/topology.ts';

/** Inputs that the log keeps, oldest give way: a long run must not fill the memory. */
export const KEPT_INPUTS = 10_000;

export type Link = Component<(typeof ByteLink)['shape']>;

/** A page with one link of the host, named `link`, to compose with the half that uses it. */
export const linkPage = (link: Link) => topology({ link: instance(link, { base: 0x0100 }) }, () => ({}));
