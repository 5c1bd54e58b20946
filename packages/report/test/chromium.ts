import { existsSync } from 'node:fs';

const USUAL_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A Chromium on this machine: the one that the environment names, or one in a usual place. */
export const chromiumPath = [process.env['CHROMIUM'], ...USUAL_PATHS].find(
  (path) => path !== undefined && existsSync(path),
);

/** Headless, and without any traffic of its own. */
export const CHROMIUM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
