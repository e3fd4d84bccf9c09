// What can be derived from the declarations of the orbiter.

export const exportKinds = ['dictionary', 'xtce', 'diagram', 'reference'] as const;

export type ExportKind = (typeof exportKinds)[number];
