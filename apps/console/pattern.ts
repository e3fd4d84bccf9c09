// Names chosen by a pattern: a part of the name, or a whole name with * for anything.
import type { Candidate } from '../../src/dictionary/complete.ts';

/** Without a * any part matches; case does not matter. */
export const matcher = (pattern: string): ((name: string) => boolean) => {
  const wanted = pattern.toLowerCase();
  if (!wanted.includes('*')) return (name) => name.toLowerCase().includes(wanted);
  const form = wanted.split('*').map((part) => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'));
  const whole = new RegExp(`^${form.join('.*')}$`);
  return (name) => whole.test(name.toLowerCase());
};

export const startingWith = (names: readonly string[], prefix: string, help = ''): readonly Candidate[] =>
  names.filter((name) => name.toLowerCase().startsWith(prefix.toLowerCase())).map((text) => ({ text, help }));
