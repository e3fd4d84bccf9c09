import { describe, expect, it } from 'vitest';
import { reachedFrom } from '../../../apps/ground/open-ports.ts';

describe('where a socket can send to', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1', '127.0.0.1'],
    ['0.0.0.0', '192.0.2.1', '192.0.2.1'],
    ['::1', '::1', '::1'],
    ['::', '127.0.0.1', '::ffff:127.0.0.1'],
    ['::', '::1', '::1'],
  ])('bound to %s it reaches %s as %s', async (bound, host, address) => {
    expect(await reachedFrom('orbiter', bound, host)).toBe(address);
  });

  it.each([
    ['127.0.0.1', '::1', "orbiter: expected an IPv4 address, as that of --bind, got '::1': choose both of one kind"],
    ['::1', '127.0.0.1', "orbiter: expected an IPv6 address, as that of --bind, got '127.0.0.1'"],
  ])('bound to %s it refuses %s, to which nothing would arrive', async (bound, host, message) => {
    await expect(reachedFrom('orbiter', bound, host)).rejects.toThrow(message);
  });
});
