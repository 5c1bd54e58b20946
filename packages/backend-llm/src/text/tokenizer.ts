// Text to the ids of tokens, by transformers.js.

import { join } from 'node:path';
import { modelFileMalformed } from '@striate/contracts';
import { cutBody } from './cut.js';

/** Ids of the tokens of a text, special tokens included. */
export type Tokenizer = (text: string) => readonly number[];

/**
 * Open the tokenizer of a folder.
 *
 * @param folder    Absolute path; holds `tokenizer.json` and `tokenizer_config.json`, which were seen to be there: for a file
 *   that is missing the library would look on the network.
 * @param maxTokens Longer texts are cut, special tokens kept; the library itself would cut those off.
 * @throws {DataError} `STRIATE_MODEL_FILE_MALFORMED`.
 */
export async function openTokenizer(folder: string, maxTokens: number): Promise<Tokenizer> {
  const { AutoTokenizer } = await import('@xenova/transformers'); // takes a second: only where text is read
  try {
    const tokenizer = await AutoTokenizer.from_pretrained(folder, { local_files_only: true });
    return (text) => {
      const ids = tokenizer.encode(text);
      if (ids.length <= maxTokens) return ids;
      return cutBody(ids, tokenizer.encode(text, { add_special_tokens: false }), maxTokens);
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw modelFileMalformed({ path: join(folder, 'tokenizer.json'), reason, cause });
  }
}
