// A state machine as a standard prints it: rows are events, columns are states, a cell says what is done and what
// state follows. The next state is data, so that the table can be drawn and every cell visited by one generic test.
// A leaf: it imports nothing, and the protocol rooms may import it (see src/DECISIONS.md).

export interface Action {
  readonly type: string;
}

/** The state after a step, then the actions in the order in which they leave. */
export type Step<S, A> = readonly [state: S, ...actions: A[]];

export type Cell<S, M, E, A> = readonly [act: (state: S, event: E) => Step<S, A>, next: M] | 'impossible';

export type Row<S extends { readonly mode: string }, E, A> = { readonly is: string } & {
  readonly [M in S['mode']]: Cell<S, S['mode'], E, A>;
};

export type Table<S extends { readonly mode: string }, E extends { readonly type: string }, A> = {
  readonly [T in E['type']]: Row<S, Extract<E, { readonly type: T }>, A>;
};

export interface Machine<S extends { readonly mode: string }, E extends { readonly type: string }, A extends Action> {
  readonly name: string;
  readonly modes: readonly S['mode'][];
  readonly events: readonly E['type'][];
  /** Throws on an impossible cell: whoever made the event classified it wrongly. */
  step(state: S, event: E): Step<S, A>;
  /** The state that follows, or 'impossible'. */
  next(mode: S['mode'], event: E['type']): S['mode'] | 'impossible';
  markdown(): string;
  mermaid(): string;
}

export const machine = <S extends { readonly mode: string }, E extends { readonly type: string }, A extends Action>(
  name: string,
  table: Table<S, E, A>,
): Machine<S, E, A> => {
  type AnyCell = Cell<S, S['mode'], E, A>;
  const rows = table as unknown as Readonly<Record<string, Readonly<Record<string, AnyCell>> & { is: string }>>;
  const events = Object.keys(rows) as E['type'][];
  const modes = Object.keys(rows[events[0] as string]!).filter((key) => key !== 'is') as S['mode'][];
  const cell = (mode: string, event: string): AnyCell => rows[event]![mode]!;
  const text = (c: AnyCell): string => (c === 'impossible' ? 'not applicable' : `${c[0].name} (${c[1]})`);
  return {
    name,
    modes,
    events,
    step: (state, event) => {
      const found = cell(state.mode, event.type);
      if (found === 'impossible') throw new Error(`${name}: ${event.type} cannot happen in ${state.mode}`);
      const made = found[0](state, event);
      if (made[0].mode === found[1]) return made;
      return [{ ...made[0], mode: found[1] }, ...(made.slice(1) as A[])];
    },
    next: (mode, event) => {
      const found = cell(mode, event);
      return found === 'impossible' ? found : found[1];
    },
    markdown: () =>
      [
        `| ${name} | | ${modes.join(' | ')} |`,
        `|${'---|'.repeat(modes.length + 2)}`,
        ...events.map((e) => `| ${e} | ${rows[e]!.is} | ${modes.map((m) => text(cell(m, e))).join(' | ')} |`),
      ].join('\n'),
    mermaid: () =>
      [
        'stateDiagram-v2',
        ...events.flatMap((e) =>
          modes.flatMap((m) => {
            const c = cell(m, e);
            return c === 'impossible' || c[1] === m ? [] : [`  ${m} --> ${c[1]}: ${e} / ${c[0].name}`];
          }),
        ),
      ].join('\n'),
  };
};
