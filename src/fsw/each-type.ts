// One action type for each of several tags that carry the same: what `only` selects by tag is a member of its own.

export type EachType<T extends string, Carries> = T extends string ? { readonly type: T } & Carries : never;
