/**
 * `test` for every spec: `page.goto('./')` is the page in dist/, under a sub-path, and at the end of each test nothing
 * may have been said in the console, thrown, or asked of another host.
 */
import { resolve } from 'node:path';
import { test as base, type ConsoleMessage, type Request } from '@playwright/test';
import { serve, type Site } from './server';

export { expect } from '@playwright/test';

interface Fixtures {
  /** What went wrong unseen, a sentence each. A test that expects some of it takes it out. */
  unseen: string[];
}

interface WorkerFixtures {
  site: Site;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  site: [
    async ({}, use) => {
      const site = await serve(resolve('dist'), '/below/here/');
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ site }, use) => use(site.url),

  unseen: [
    async ({ context, site }, use) => {
      const unseen: string[] = [];
      const { origin } = new URL(site.url);
      context.on('console', (message: ConsoleMessage) => {
        if (['error', 'warning'].includes(message.type())) unseen.push(`console ${message.type()}: ${message.text()}`);
      });
      context.on('weberror', (failure) => unseen.push(`thrown: ${failure.error().message}`));
      context.on('request', (request: Request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith('http') && url.origin !== origin) unseen.push(`asked another host: ${url.href}`);
      });
      context.on('requestfailed', (request) => {
        // A page that is left aborts what it was still loading.
        const why = request.failure()?.errorText;
        if (why !== 'net::ERR_ABORTED') unseen.push(`not loaded: ${request.url()}, ${why}`);
      });
      await use(unseen);
      base.expect(unseen, 'nothing in the console, nothing thrown, nothing of another host').toEqual([]);
    },
    { auto: true },
  ],
});
