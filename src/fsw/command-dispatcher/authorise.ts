// Who may command what, and when: the place where a mission puts its rule. A refusal is a failure to start.
import type { CommandEntry } from '../../dictionary/dictionary.ts';

export type Verdict = 'permitted' | { readonly refused: string };

/** `source` is the source id of the request, `mode` the spacecraft mode at that moment. */
export type Authorise = (command: CommandEntry, source: number, mode: string) => Verdict;

/** No rule at all: whoever reaches the dispatcher commands. The dispatcher says so in an event when it starts. */
export const permitAll: Authorise = () => 'permitted';
