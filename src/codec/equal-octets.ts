// Comparison of authentication codes and secrets: how long it takes does not tell where they differ.

/** Whether both hold the same octets. Only a difference in length shows in the time. */
export const equalOctets = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at++) difference |= a[at]! ^ b[at]!;
  return difference === 0;
};
