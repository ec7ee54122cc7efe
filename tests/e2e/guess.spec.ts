import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { Board } from './board';
import { pack } from './packing';
import { expect, test } from './test';

/** The game of guessing, in English. */
class Play {
  readonly board: Board;
  readonly page: Page;
  readonly toggle: Locator;
  readonly field: Locator;
  readonly slider: Locator;
  readonly note: Locator;
  readonly count: Locator;

  constructor(page: Page) {
    this.page = page;
    this.board = new Board(page);
    this.toggle = this.board.button('Guess first');
    this.field = page.getByRole('textbox', { name: 'new x' });
    this.slider = page.getByRole('slider', { name: 'Guess of the new x' });
    this.note = page.locator('#guess-note');
    this.count = page.locator('.count span');
  }

  async open(link = 'guess=1'): Promise<this> {
    await this.board.open(link);
    await expect(this.field).toBeEnabled();
    await expect(this.slider).toBeAttached();
    return this;
  }

  async type(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** A place of the curve's axis, which runs from −3 to 3 at first, in the middle of the plot. */
  async place(x: number): Promise<{ x: number; y: number }> {
    const box = await this.page.locator('.target').boundingBox();
    if (!box) throw new Error('the curve does not show');
    return { x: box.x + ((x + 3) / 6) * box.width, y: box.y + box.height / 2 };
  }
}

/** All that can be read on the page, by eye or by a screen reader, and in the address. */
async function said(page: Page): Promise<string> {
  return page.evaluate(() => {
    const spoken = [...document.querySelectorAll('*')].flatMap(each => [...each.attributes].filter(({ name }) => /^(aria-|title|alt)/.test(name)).map(({ value }) => value));
    return [document.body.innerText, document.body.textContent, ...spoken, document.title, location.hash].join('\n');
  });
}

test('the next point is shown nowhere before it was guessed', async ({ page }) => {
  // 3 − 0.07 × 24 = 1.32, and from there 1.32 − 0.07 × 10.56 = 0.5808.
  const play = await new Play(page).open(`run=gd:0.07&guess=1&p=${pack('param x = 3\ny = 4x^2')}`);
  const { board } = play;
  await expect(board.row(0)).toContainText('3 − 0.07 × 24 = ? 36');
  await expect(page.getByRole('img', { name: 'x ← 3 − 0.07 × 24 = ?' })).toBeVisible();
  await expect(page.locator('svg.graph')).toContainText('= ?');
  for (const answer of ['1.32', '−1.68', '6.97']) expect(await said(page)).not.toContain(answer);
  await board.button('Step').click();
  await page.keyboard.press('Escape');
  await board.button('Play').click();
  await board.button('To end').click();
  expect(await board.step()).toBe(0);
  for (const answer of ['1.32', '−1.68', '6.97']) expect(await said(page)).not.toContain(answer);
  await play.type('1.32');
  await expect(play.note).toContainText('Right.');
  expect(await said(page)).not.toContain('0.5808');
  // What was seen is only seen again, and hides nothing.
  await board.button('Step back').click();
  await expect(board.row(0)).toContainText('= 1.32');
  await expect(play.field).toBeDisabled();
  await board.button('Step').click();
  expect(await board.step()).toBe(1);
  await expect(play.field).toBeEnabled();
});

test('the curve has no arrow to the new point while it is guessed', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  const violet = async (board: Board): Promise<number> => board.function.evaluate((canvas: HTMLCanvasElement) => {
    const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
    const context = copy.getContext('2d', { willReadFrequently: true });
    context?.drawImage(canvas, 0, 0);
    const pixels = context?.getImageData(0, 0, copy.width, copy.height).data ?? [];
    let found = 0;
    for (let at = 0; at < pixels.length; at += 4) if (pixels[at] === 106 && pixels[at + 1] === 59 && pixels[at + 2] === 184) found += 1;
    return found;
  });
  const play = await new Play(page).open();
  expect(await violet(play.board)).toBe(0);
  await play.toggle.click();
  await expect(play.field).toHaveCount(0);
  await expect.poll(() => violet(play.board)).toBeGreaterThan(10);
  await play.toggle.click();
  await expect(play.field).toBeVisible();
  await expect.poll(() => violet(play.board)).toBe(0);
});

test('a typed guess makes the step and is told how far off it was and why', async ({ page }) => {
  const play = await new Play(page).open();
  for (const [typed, why, count] of [
    ['3.6', 'You went up the slope: minus the gradient, not plus. x is off by 3.2, y by 51.2.', '0 of 1 right'],
    ['2/25', 'Right. x is off by 0, y by 0.', '1 of 2 right'],
    ['0.016', 'Right.', '2 of 3 right, 2 in a row'],
    ['0.016', 'You stayed where it was', '2 of 4 right'],
    ['−0.00192', 'Twice the step.', '2 of 5 right'],
  ] as const) {
    await play.type(typed);
    await expect(play.note).toContainText(why);
    await expect(play.count).toHaveText(count);
    await expect(play.field).toHaveValue('');
    await expect(play.field).toBeFocused();
  }
  expect(await play.board.step()).toBe(5);
  await play.board.button('Count anew').click();
  await expect(play.count).toHaveCount(0);
});

test('a wrong entry says what is wrong and loses nothing', async ({ page }) => {
  const play = await new Play(page).open();
  for (const [typed, why] of [['abc', '“abc” is not a number'], ['', 'Type a number'], ['0,4', 'point for the decimals'], ['1e400', 'too large'], ['<img src=x onerror=alert(1)>', 'is not a number']] as const) {
    await play.type(typed);
    await expect(play.field).toHaveValue(typed);
    await expect(play.field).toHaveAttribute('aria-invalid', 'true');
    await expect(play.field).toHaveAccessibleDescription(new RegExp(why));
    expect(await play.board.step()).toBe(0);
  }
  await play.type('0.4');
  await expect(play.note).toContainText('Right.');
});

test('by keys alone: a step asks, arrows aim, Enter takes', async ({ page }) => {
  const play = await new Play(page).open();
  await page.keyboard.press('ArrowRight');
  await expect(play.slider).toBeFocused();
  await expect(play.note).toContainText('Play waits at each step');
  expect(await play.board.step()).toBe(0);
  for (let press = 0; press < 8; press++) await page.keyboard.press('ArrowLeft');
  await expect(play.slider).toHaveAttribute('aria-valuetext', 'x = 0.4, y = 0.64');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(play.slider).toHaveAttribute('aria-valuetext', 'x = 0.38, y = 0.5776');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await expect(play.note).toContainText('Right.');
  expect(await play.board.step()).toBe(1);
  await expect(play.slider).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(play.note).toContainText('You stayed where it was');
});

test('by pointer: the curve reads out under it, a click takes, and the guess stays beside the point', async ({ page }) => {
  const play = await new Play(page).open();
  const at = await play.place(1.2);
  await page.mouse.move(at.x, at.y);
  await expect(page.locator('.readout')).toHaveText(/^x = 1\.(2|18|22), y = /);
  await page.mouse.click(at.x, at.y);
  await expect(play.note).toContainText('Half the step.');
  expect(await play.board.step()).toBe(1);
  await expect(page.locator('.guessed circle')).toHaveCount(1);
  await expect(page.locator('.guessed text')).toHaveText(/^off by 0\.(8|78|82)$/);
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('.guessed circle')).toHaveCount(0);
});

test('a rate that was moved before the guess is the one that counts', async ({ page }) => {
  const play = await new Play(page).open();
  await play.board.typeRate('0.25');
  await expect(play.board.row(0)).toContainText('2 − 0.25 × 16 = ?');
  await play.type('-2');
  await expect(play.note).toContainText('Right.');
});

test('the mode travels in the link, and is no part of programs with several parameters', async ({ page }) => {
  const board = await new Board(page).open();
  const play = new Play(page);
  await expect(play.toggle).toHaveAttribute('aria-pressed', 'false');
  await play.toggle.click();
  await expect(play.toggle).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/guess=1/);
  await play.toggle.click();
  await expect(page).not.toHaveURL(/guess/);
  await page.goto(`./#guess=1&p=${pack('param a = 1\nparam b = 1\nL = a^2 + b^2')}`);
  await page.reload();
  await expect(play.toggle).toHaveCount(0);
  await board.steps(1);
  await expect(board.status).toContainText('Step 1.');
});

test('a run that diverges leaves nothing to guess', async ({ page }) => {
  const play = await new Play(page).open(`guess=1&run=gd:1e200&p=${pack('param x = 2\ny = x^4')}`);
  await play.type('1');
  await expect(play.board.status).toContainText(/at step 1/);
  await expect(play.field).toBeDisabled();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('a step leads to the curve, a tap takes the guess, and targets are large', async ({ page }) => {
    await page.goto('./#guess=1');
    const play = new Play(page);
    await play.board.button('Step').tap();
    await expect(play.slider).toBeFocused();
    const small = await page.locator('button:visible, input:visible').evaluateAll(all => all.filter(each => Math.min(each.getBoundingClientRect().width, each.getBoundingClientRect().height) < 40).length);
    expect(small).toBe(0);
    const at = await play.place(0.42);
    await page.touchscreen.tap(at.x, at.y);
    await expect(play.note).toContainText('Right.');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

// Every theme and every language, each once.
for (const [colorScheme, locale] of [['light', 'zh-CN'], ['dark', 'en-US']] as const) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use({ colorScheme, locale });
    test('axe finds nothing', async ({ page }) => {
      await page.goto('./#guess=1');
      const field = page.locator('#guess-value');
      await field.fill('3.6');
      await field.press('Enter');
      await expect(page.locator('#guess-note')).toContainText(locale === 'zh-CN' ? '你往坡上走了：应当减去梯度，而不是加上。x 差 3.2，y 差 51.2。' : 'You went up the slope');
      await field.fill('q');
      await field.press('Enter');
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    });
  });
}

test('inside a step the update is not shown before it was guessed', async ({ page }) => {
  // 2 − 0.07 × 16 = 0.88.
  const play = await new Play(page).open('run=gd:0.07&guess=1');
  const { board } = play;
  await board.button('one operator').click();
  for (let move = 0; move < 5; move++) {
    await board.button('Step').click();
    expect(await said(page)).not.toContain('0.88');
  }
  await expect(page).toHaveURL(/at=5/);
  await board.button('Step').click();
  // Where the update comes, the curve comes back, and asks.
  await expect(play.note).toHaveText(/Guess first/);
  await expect(play.slider).toBeFocused();
  await expect(board.button('a whole update')).toHaveAttribute('aria-pressed', 'true');
  expect(await said(page)).not.toContain('0.88');
  for (const way of [async () => board.button('To end').click(), async () => board.button('Play').click()]) {
    await board.button('one operator').click();
    await way();
    await expect(play.note).toHaveText(/Guess first/);
    expect(await said(page)).not.toContain('0.88');
  }
  await play.type('0.88');
  await expect(play.note).toContainText('Right.');
  // What was seen is walked through to its end.
  await board.button('Step back').click();
  await board.button('one operator').click();
  await board.button('To end').click();
  await expect(page.getByRole('status')).toContainText('0.88');
});

test('a link into the midst of a step hides where its update leads', async ({ page }) => {
  await new Board(page).open('run=gd:0.07&guess=1&gear=operator&at=6');
  await expect(page.getByRole('textbox', { name: 'new x' })).toBeEnabled();
  expect(await said(page)).not.toContain('0.88');
});
