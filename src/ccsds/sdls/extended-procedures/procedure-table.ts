// The extended procedures by service group and number, CCSDS 355.1-B-1 section 5.3: which there are, which of them
// answer, and the tag octet that names them. What is not in this table does not exist: the user flag and the spare
// service group are for missions, and this one has put nothing there.

/** `group`: 0 keys, 1 associations, 3 monitoring and control. */
export const procedureTable = {
  otar: { group: 0, id: 1, answers: false },
  activateKeys: { group: 0, id: 2, answers: false },
  deactivateKeys: { group: 0, id: 3, answers: false },
  verifyKeys: { group: 0, id: 4, answers: true },
  destroyKeys: { group: 0, id: 6, answers: false },
  keyInventory: { group: 0, id: 7, answers: true },
  readCounter: { group: 1, id: 0, answers: true },
  createAssociation: { group: 1, id: 1, answers: false },
  deleteAssociation: { group: 1, id: 4, answers: false },
  setWindow: { group: 1, id: 5, answers: false },
  rekeyAssociation: { group: 1, id: 6, answers: false },
  expireAssociation: { group: 1, id: 9, answers: false },
  setCounter: { group: 1, id: 10, answers: false },
  startAssociation: { group: 1, id: 11, answers: false },
  stopAssociation: { group: 1, id: 14, answers: false },
  associationStatus: { group: 1, id: 15, answers: true },
  ping: { group: 3, id: 1, answers: true },
  logStatus: { group: 3, id: 2, answers: true },
  dumpLog: { group: 3, id: 3, answers: true },
  eraseLog: { group: 3, id: 4, answers: true },
  selfTest: { group: 3, id: 5, answers: true },
  resetAlarm: { group: 3, id: 7, answers: false },
} as const;

export type ProcedureName = keyof typeof procedureTable;
export type AnsweringProcedure = {
  [N in ProcedureName]: (typeof procedureTable)[N]['answers'] extends true ? N : never;
}[ProcedureName];

export const procedureNames = Object.keys(procedureTable) as ProcedureName[];

export const answers = (procedure: ProcedureName): procedure is AnsweringProcedure => procedureTable[procedure].answers;

const REPLY = 0x80;

/** Type (1 bit, set in replies), user flag (0), service group (2), procedure (4). */
export const tagOf = (type: 'request' | 'reply', procedure: ProcedureName): number => {
  const { group, id } = procedureTable[procedure];
  return (type === 'reply' ? REPLY : 0) | (group << 4) | id;
};

export type NamedProcedure =
  | { readonly type: 'request'; readonly procedure: ProcedureName }
  | { readonly type: 'reply'; readonly procedure: AnsweringProcedure };

const byTag: readonly (NamedProcedure | undefined)[] = Array.from({ length: 256 }, (_, tag) => {
  const asked = procedureNames.find((name) => tagOf('request', name) === tag);
  if (asked !== undefined) return { type: 'request', procedure: asked };
  const answered = procedureNames.filter(answers).find((name) => tagOf('reply', name) === tag);
  return answered === undefined ? undefined : { type: 'reply', procedure: answered };
});

/** Undefined for a tag that no procedure has. */
export const procedureOfTag = (tag: number): NamedProcedure | undefined => byTag[tag];
