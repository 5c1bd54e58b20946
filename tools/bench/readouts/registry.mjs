// The parts that the command line knows.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { createRegistry } from '@striate/core';

export function openRegistry() {
  const cli = createRequire(import.meta.url).resolve('@striate/cli/package.json');
  return createRegistry({ searchFrom: [dirname(cli)] });
}
