// A helper of types for the events of a machine: a union member for each name, so that every row of a table knows its
// own event.
export type Each<T extends string, Payload> = T extends string ? { readonly type: T } & Payload : never;
