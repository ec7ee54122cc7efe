import { defineConfig } from '@playwright/test';

/** The page in dist/, in the browser that `cargo xtask test` found and named in CHROME. */
const browser = process.env['CHROME'];
if (!browser) {
  throw new Error('CHROME is not set: run `cargo xtask test --only e2e`, or name a Chrome or Chromium, CHROME=/usr/bin/chromium');
}

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  reporter: 'list',
  forbidOnly: process.env['CI'] !== undefined,
  fullyParallel: true,
  // A test that passes at the second go has found something.
  retries: 0,
  workers: 2,
  use: {
    browserName: 'chromium',
    locale: 'en-US',
    permissions: ['clipboard-read', 'clipboard-write'],
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: browser,
      // No machine's graphics card, and no request of the browser's own.
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
