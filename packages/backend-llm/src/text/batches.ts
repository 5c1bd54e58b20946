// Texts of one length are run together, so that none is padded: what a text gives does not depend on its company.

export interface TokenisedText {
  readonly text: string;
  /** Ids of its tokens. */
  readonly ids: readonly number[];
}

/** Split texts into batches of at most `batchSize`, each of texts with the same number of tokens. */
export function batchByLength(
  texts: readonly TokenisedText[],
  batchSize: number,
): readonly (readonly TokenisedText[])[] {
  const byLength = new Map<number, TokenisedText[]>();
  for (const text of texts) byLength.set(text.ids.length, [...(byLength.get(text.ids.length) ?? []), text]);
  return [...byLength.values()].flatMap((same) =>
    Array.from({ length: Math.ceil(same.length / batchSize) }, (_, i) =>
      same.slice(i * batchSize, (i + 1) * batchSize),
    ),
  );
}
