import type { Browser, Page } from '@playwright/test';
import { Board } from './board';
import { pack } from './packing';
import { expect, test } from './test';

/** Opens a link in a browser that knows nothing of the one it came from. */
async function inFreshProfile(browser: Browser, link: string, look: (board: Board) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(link);
  const board = new Board(page);
  await expect(board.button('Step')).toBeVisible();
  await look(board);
  await context.close();
}

async function copyLink(board: Board): Promise<string> {
  await board.button('Copy link').click();
  await expect(board.status).toContainText('Copied');
  return board.page.evaluate(() => navigator.clipboard.readText());
}

test('a copied link shows another browser the same numbers', async ({ page, browser }) => {
  const board = await new Board(page).open();
  await board.typeRate('0.24');
  await board.steps(9);
  const numbers = await board.numbers();
  const link = await copyLink(board);
  expect(link).toContain('run=gd:0.24');
  expect(link).toContain('step=9');
  await inFreshProfile(browser, link, async other => {
    await expect(other.status).toContainText('Step 9.');
    expect(await other.numbers()).toEqual(numbers);
    await expect(other.page.getByRole('region', { name: 'Notices' })).toBeEmpty();
  });
});

test('a link to a run during which the rate was moved shows the same numbers', async ({ page, browser }) => {
  const board = await new Board(page).open();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('5×');
  await board.button('Play').click();
  for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'PageDown']) await board.slider.press(key);
  await board.button('Pause').click();
  await board.typeRate('0.123456789');
  await board.steps(2);
  const numbers = await board.numbers();
  const link = await copyLink(board);
  expect(link).toMatch(/run=gd:[\d.]+,.*0\.123456789@\d+/);
  await inFreshProfile(browser, link, async other => {
    await expect(other.rate).toHaveValue('0.123456789');
    expect(await other.numbers()).toEqual(numbers);
    await expect(other.page.getByRole('region', { name: 'Notices' })).toBeEmpty();
  });
});

test('a link copied after a step back stands where the sender stood', async ({ page, browser }) => {
  const board = await new Board(page).open();
  await board.steps(5);
  await board.button('Step back').click();
  await board.button('Step back').click();
  const link = await copyLink(board);
  await inFreshProfile(browser, link, async other => {
    await expect(other.node('x', '0.016', '0.128')).toBeVisible();
    expect(await other.step()).toBe(3);
  });
});

test('a link with another optimizer and its options is followed and kept', async ({ page, browser }) => {
  const board = await new Board(page).open('run=momentum:0.1;beta=0.5&step=2');
  await expect(board.status).toContainText('Step 2.');
  await expect(page.getByRole('region', { name: 'Notices' })).toBeEmpty();
  // 2 → 0.4 by v = 16, then v = 0.5 · 16 + 3.2.
  expect((await board.numbers()).join(' ')).toContain('−0.72');
  await board.typeRate('0.05');
  await board.steps(2);
  const numbers = await board.numbers();
  const link = await copyLink(board);
  expect(link).toContain('run=momentum:0.1,0.05@2;beta=0.5&step=4');
  await inFreshProfile(browser, link, async other => {
    await expect(other.status).toContainText('Step 4.');
    expect(await other.numbers()).toEqual(numbers);
    await expect(other.page.getByRole('region', { name: 'Notices' })).toBeEmpty();
  });
});

test('a link with an option that there is not says so', async ({ page }) => {
  await new Board(page).open('run=adam:0.1;beta=0.5');
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('beta=0.5');
});

test('the address bar holds the link', async ({ page, browser }) => {
  const board = await new Board(page).open();
  expect(new URL(page.url()).hash).toBe('');
  await board.steps(3);
  await expect(page).toHaveURL(/step=3/);
  await board.typeRate('0.05');
  await expect(page).toHaveURL(/run=gd:0\.1,0\.05@3/);
  const numbers = await board.numbers();
  await page.reload();
  await expect(board.status).toContainText('Step 3.');
  expect(await board.numbers()).toEqual(numbers);
  await inFreshProfile(browser, page.url(), async other => expect(await other.numbers()).toEqual(numbers));
});

test('the address changes at most twice a second while it plays', async ({ page }) => {
  await page.addInitScript(() => {
    const replace = history.replaceState.bind(history);
    const times: number[] = [];
    Object.assign(window, { replacedAt: times });
    history.replaceState = (...now) => {
      times.push(performance.now());
      replace(...now);
    };
  });
  const board = await new Board(page).open();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('20×');
  await board.button('Play').click();
  await page.waitForTimeout(2300);
  const times = await page.evaluate(() => (window as unknown as { replacedAt: number[] }).replacedAt);
  await board.button('Pause').click();
  expect(times.length).toBeGreaterThan(2);
  for (const [at, time] of times.slice(1).entries()) expect(time - (times[at] ?? 0)).toBeGreaterThan(480);
});

test('a link typed into the address bar opens at once', async ({ page }) => {
  const board = await new Board(page).open();
  await page.evaluate(() => (location.hash = '#v=1&run=gd:0.25&step=3'));
  await expect(board.node('x', '−2', '−16')).toBeVisible();
  await expect(board.rate).toHaveValue('0.25');
});

/** 40 KiB that no program packs to. */
const LONG = Array.from({ length: 40 * 1024 }, (_, at) => 'abcdefghijklmnopqrstuvwxyz'[(at * 7) % 26]).join('');
const MARKUP = '<img src=x onerror=alert(1)>';

const BAD: readonly [name: string, link: string, why: RegExp][] = [
  ['a newer version', 'v=99', /newer version.*99/],
  ['a rate that is no number', 'run=gd:abc', /“abc”/],
  ['a negative rate', 'run=gd:-1', /“-1”/],
  ['an infinite rate', 'run=gd:1e400', /“1e400”/],
  ['no rate', 'run=gd:', /should have a number|“”/],
  ['an unknown optimizer', 'run=adamant:0.1', /adamant/],
  ['a step too far to replay', 'run=gd:0.1&step=1000000000000', /1000000000000/],
  ['a step that is no number', 'step=abc', /“abc”/],
  ['a step beyond counting', 'step=99999999999999999999', /too large/],
  ['an unknown scale', 'scale=sideways', /sideways/],
  ['an unknown language', 'lang=xx', /xx/],
  ['a program cut short', `p=${pack('param x = 2\ny = 4x^2 + 3x + 1').slice(0, -9)}`, /cut short|damaged/i],
  ['a program that is not base64', 'p=!!!', /“!+”|“p”/],
  ['a deflate bomb', `p=${pack('0'.repeat(8_000_000))}`, /unpacks to more/],
  ['a program of 40 KiB', `p=${LONG}`, /too long/],
  ['bytes that are no text', '%00%ff', /does not know/],
  ['markup as a key', `${MARKUP}=1`, /does not know.*img/],
  ...['v', 'run', 'step', 'scale', 'lang', 'check', 'state', 'p', 'what'].flatMap((key): [string, string, RegExp][] => [
    [`markup in ${key}`, `${key}=${MARKUP}`, new RegExp(key === 'v' ? 'img' : `${key}|img`)],
    [`encoded markup in ${key}`, `${key}=${encodeURIComponent(MARKUP)}`, new RegExp(key === 'v' ? 'img' : `${key}|img`)],
  ]),
  ['a key of every object', '__proto__=1', /__proto__/],
  ['keys of prototypes', 'constructor=1&__proto__[x]=1', /constructor/],
  ['70,000 characters', `p=${'A'.repeat(70_000)}`, /too long/],
];

for (const [name, link, why] of BAD) {
  test(`a bad link opens the default with a note: ${name}`, async ({ page }) => {
    const board = await new Board(page).open(link);
    await expect(board.notices).toContainText(why);
    await expect(board.notices.locator('img')).toHaveCount(0);
    await expect(board.node('x', '2', '16')).toBeVisible();
    await expect(board.rate).toHaveValue('0.1');
    await board.steps(1);
    await expect(board.node('x', '0.4', '3.2')).toBeVisible();
    expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([]);
    const dismiss = board.notices.getByRole('button', { name: 'Dismiss' });
    while ((await dismiss.count()) > 0) await dismiss.first().click();
    await expect(board.notices).toBeEmpty();
  });
}

test('a link to a program with three faults tells them all, shows the first lesson greyed and keeps the text', async ({ page }) => {
  const text = 'param x = 2\ny = 4z^2\nparam param = 3\nL = (x + y\n';
  const board = await new Board(page).open(`p=${pack(text)}&run=gd:0.2`);
  await expect(board.notices).toContainText('3 faults');
  for (const place of ['2:6', '3:7', '4:5']) await expect(board.notices).toContainText(place);
  await expect(board.node('x', '2', '16')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Graph' })).toContainText('The text in the editor has faults');
  await board.steps(1);
  await board.notices.getByRole('button', { name: 'Open the editor' }).click();
  const dialog = page.getByRole('dialog', { name: 'Program' });
  await expect(dialog.getByRole('textbox')).toHaveValue(text);
  await expect(dialog.getByRole('list', { name: 'Faults' }).getByRole('listitem')).toHaveCount(3);
});

test('the faults of a link are told in the language that is spoken', async ({ page }) => {
  const board = await new Board(page).open(`p=${pack('param x = 2\ny = 4z^2\n')}`);
  await expect(board.notices).toContainText('2:6 Nothing is called “z” here.');
  await board.button('中文').click();
  await expect(page.locator('.notice')).toContainText('2:6 这里还没有名为“z”的量。');
});

test('a bad link stays in the address bar to be copied', async ({ page }) => {
  await new Board(page).open('run=gd:abc');
  await page.waitForTimeout(700);
  expect(new URL(page.url()).hash).toBe('#run=gd:abc');
});

test('numbers other than the sender saw are told', async ({ page }) => {
  const board = await new Board(page).open('v=1&step=3&check=00000000');
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('other numbers than the sender saw');
  expect(await board.step()).toBe(3);
});

test.describe('without a clipboard', () => {
  test.use({ permissions: [] });
  test('the link is shown to be copied by hand', async ({ page }) => {
    await page.addInitScript(refuseClipboard);
    const board = await new Board(page).open();
    await board.steps(2);
    await board.button('Copy link').click();
    const dialog = page.getByRole('dialog', { name: 'Copy this link' });
    const field = dialog.getByRole('textbox', { name: 'Link' });
    await expect(field).toHaveValue(/#v=1&step=2/);
    expect(await selected(page)).toBe(await field.inputValue());
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await board.button('Copy link').click();
    await expect(dialog).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(dialog).toBeHidden();
  });
});

function refuseClipboard(): void {
  navigator.clipboard.writeText = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
}

function selected(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const field = document.activeElement;
    if (!(field instanceof HTMLInputElement)) return undefined;
    return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
  });
}

test('a link that is copied while a replay is under way is of the step that it leads to', async ({ page }) => {
  test.slow();
  const board = await new Board(page).open('v=1&run=gd:1e-9&step=3000000');
  await expect(board.status).toContainText('Replaying');
  await board.button('Copy link').click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('step=3000000');
  expect(copied).not.toContain('check=');
  await expect.poll(() => board.step(), { timeout: 60_000 }).toBe(3_000_000);
  await expect(board.notices).toHaveText('');
});

test('who goes inside a step while a replay is under way stays where it has come to', async ({ page }) => {
  const board = await new Board(page).open('v=1&run=gd:1e-9&run=gd:2e-9&step=3000000');
  await expect(board.status).toContainText('Replaying');
  await board.button('one operator').click();
  await expect(board.status).not.toContainText('Replaying');
  await expect(board.button('one operator')).toHaveAttribute('aria-pressed', 'true');
  await board.button('Copy link').click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).not.toContain('step=3000000');
  await page.goto(copied);
  await page.reload();
  await expect(board.status).not.toContainText('Replaying', { timeout: 30_000 });
  await expect(board.notices).toHaveText('');
});
