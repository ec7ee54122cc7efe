/**
 * What may not be in the page, checked when it is built: a browser would refuse it silently, or, worse, ask another
 * host for it. The policy itself is the meta tag in index.html.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

const inPage = [
  [/<style\b/i, 'a <style> element: move it into style.css'],
  [/<[a-z][^>]*\sstyle\s*=/i, 'a style attribute: move it into style.css'],
  [/<[a-z][^>]*\son[a-z]+\s*=/i, 'an event-handler attribute: use addEventListener'],
  [/<script\b(?![^>]*\bsrc=)/i, 'a script without a src: move it into main.ts'],
  [/<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)\s*=\s*["']?(?:[a-z]+:)?\/\//i, 'a file of another host'],
  [/javascript:/i, 'a javascript: address'],
];

const policyTag = /<meta\b[^>]*http-equiv="Content-Security-Policy"[^>]*content="([^"]*)"/i;

/** What the page breaks, a sentence each: `html` is the page itself, the styles lie in `folder`. */
export function checkPolicy(html, folder) {
  const faults = inPage
    .map(([pattern, what]) => [html.match(pattern), what])
    .filter(([match]) => match)
    .map(([match, what]) => `index.html has ${what}: ${match[0]}`);
  const policy = html.match(policyTag);
  if (!policy) faults.push('index.html has no <meta http-equiv="Content-Security-Policy" content="…">');
  else {
    if (!policy[1].includes("default-src 'none'")) faults.push("the policy does not begin from default-src 'none'");
    if (/unsafe-(?:inline|eval|hashes)/.test(policy[1].replace("'wasm-unsafe-eval'", ''))) {
      faults.push("the policy allows more than 'wasm-unsafe-eval'");
    }
    const first = html.search(/<(?:script|link)\b/i);
    if (first >= 0 && first < policy.index) faults.push('the policy stands below a script or link, which it then does not bind');
  }
  for (const name of readdirSync(folder).filter((name) => extname(name) === '.css')) {
    const match = readFileSync(join(folder, name), 'utf8').match(/(?:url\(\s*|@import\s+)["']?(?:[a-z]+:)?\/\/[^)"']*/i);
    if (match) faults.push(`${name} asks another host: ${match[0]}`);
  }
  return faults;
}
