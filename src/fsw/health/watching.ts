// Who owes an answer, as pure steps. Bound: one entry for each component that owes one.
import type { Step } from '../../kernel/machine.ts';
import type { Pong } from '../../kernel/patterns.ts';
import type { EachType } from '../each-type.ts';

interface Debtor {
  readonly base: number;
  /** Pings in a row without an answer. */
  readonly pings: number;
}

export interface Watching {
  readonly rounds: number;
  readonly answers: number;
  readonly worstLatencyUs: number;
  readonly debtors: readonly Debtor[];
}

interface Who {
  readonly component: string;
  readonly base: number;
}

export type WatchAction =
  | { readonly type: 'ping'; readonly round: number }
  | EachType<'late' | 'missing', { readonly who: Who; readonly pings: number }>
  | { readonly type: 'recovered'; readonly who: Who; readonly latencyUs: number };

type To = Step<Watching, WatchAction>;

const LONGEST_NAME = 32;

export const firstWatching: Watching = { rounds: 0, answers: 0, worstLatencyUs: 0, debtors: [] };

export const ping = (state: Watching): To => {
  const rounds = state.rounds + 1;
  return [
    { ...state, rounds },
    { type: 'ping', round: rounds },
  ];
};

const owes = (state: Watching, who: Who, missingAfter: number): To => {
  const known = state.debtors.find(({ base }) => base === who.base);
  const pings = (known?.pings ?? 0) + 1;
  const debtors = [...state.debtors.filter((each) => each !== known), { base: who.base, pings }];
  if (pings === missingAfter)
    return [
      { ...state, debtors },
      { type: 'missing', who, pings },
    ];
  return known === undefined
    ? [
        { ...state, debtors },
        { type: 'late', who, pings },
      ]
    : [{ ...state, debtors }];
};

/** An answer, or the word that the one before is still owed. */
export const pong = (state: Watching, { instance, id, answered, latencyUs }: Pong, missingAfter: number): To => {
  // A composed graph puts the name of the part before that of the component.
  const name = instance.slice(instance.lastIndexOf('/') + 1);
  const who = { component: name.slice(0, LONGEST_NAME), base: id };
  const worstLatencyUs = Math.max(state.worstLatencyUs, latencyUs);
  if (!answered) return owes({ ...state, worstLatencyUs }, who, missingAfter);
  const answers = state.answers + 1;
  if (!state.debtors.some(({ base }) => base === id)) return [{ ...state, answers, worstLatencyUs }];
  const debtors = state.debtors.filter(({ base }) => base !== id);
  return [
    { ...state, answers, worstLatencyUs, debtors },
    { type: 'recovered', who, latencyUs },
  ];
};
