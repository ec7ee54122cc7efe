/** A static host as plain as they come: files of dist/ under a sub-path, nothing else. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

export interface Site {
  /** Where the page is: ends with the sub-path and a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a folder under a sub-path, such as `/` or `/deep/down/`, on any free port. */
export async function serve(folder: string, path: string): Promise<Site> {
  const server = createServer(async (request, response) => {
    const asked = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
    const file = join(folder, normalize(asked.slice(path.length - 1)), asked.endsWith('/') ? 'index.html' : '');
    const inside = asked.startsWith(path) && file.startsWith(folder + sep);
    const body = inside ? await readFile(file).catch(() => undefined) : undefined;
    response.writeHead(body ? 200 : 404, {
      'content-type': body ? (TYPES[extname(file)] ?? 'application/octet-stream') : 'text/plain',
      'cache-control': 'no-store',
    });
    response.end(body ?? `no ${asked} here`);
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}${path}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

/** Listens on a free port of this machine, which is returned. */
function listen(server: Server): Promise<number> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      done(typeof address === 'object' && address ? address.port : 0);
    });
  });
}
