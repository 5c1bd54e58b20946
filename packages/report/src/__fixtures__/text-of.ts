/** Text of a page without tags, white space folded, entities of the template resolved. */
export function textOf(source: string): string {
  return source
    .replace(/<(script|style)[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ');
}

/** Text of every cell of the tables in a piece of a page. */
export function rowsOf(source: string): string[][] {
  return [...source.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => textOf(cell).trim()),
  );
}
