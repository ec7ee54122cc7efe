import { Board } from './board';
import { expect, test } from './test';

for (const [width, height] of [[1920, 1080], [1280, 800], [1024, 768], [390, 844], [320, 568]] as const) {
  test(`nothing scrolls sideways at ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const board = await new Board(page).open('v=1&run=gd:1&step=30');
    const panels = width <= 760 ? ['Lesson', 'Graph', 'Curve', 'Loss', 'Table'] : [''];
    for (const panel of panels) {
      if (panel) await page.getByRole('navigation').getByRole('button', { name: panel, exact: true }).click();
      const size = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
      expect(size[0]).toBeLessThanOrEqual(width);
      expect(size[1]).toBeLessThanOrEqual(height);
      await expect(board.button('Play')).toBeInViewport({ ratio: 1 });
      await expect(board.slider).toBeInViewport({ ratio: 0.9 });
    }
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('one panel shows at a time, above the same ledge', async ({ page }) => {
    const board = await new Board(page).open();
    const tabs = page.getByRole('navigation', { name: 'Panels' });
    await expect(board.node('x', '2', '16')).toBeVisible();
    await expect(board.table).toBeHidden();
    await tabs.getByRole('button', { name: 'Table' }).tap();
    await expect(board.row(0)).toContainText('2 − 0.1 × 16 = 0.4');
    await expect(board.curve).toBeHidden();
    await tabs.getByRole('button', { name: 'Loss' }).tap();
    await expect(board.curve).toBeVisible();
    await board.button('Step').tap();
    await expect(board.curve).toHaveAccessibleName(/at step 1 of 1/);
    await tabs.getByRole('button', { name: 'Lesson' }).tap();
    await board.button('set η to 0.25').tap();
    await expect(board.rate).toHaveValue('0.25');
  });

  test('every target is at least 44 pixels', async ({ page }) => {
    await new Board(page).open();
    for (const panel of ['Lesson', 'Graph', 'Curve', 'Loss', 'Table']) {
      await page.getByRole('navigation').getByRole('button', { name: panel, exact: true }).tap();
      const small = await page.locator('button:visible, input:visible, select:visible').evaluateAll(all =>
        all
          .map(each => ({ name: each.getAttribute('aria-label') ?? each.textContent?.trim(), box: each.getBoundingClientRect() }))
          .filter(({ box }) => Math.min(box.width, box.height) < 40)
          .map(({ name, box }) => `${name}: ${Math.round(box.width)}×${Math.round(box.height)}`),
      );
      expect(small).toEqual([]);
    }
  });
});

for (const deviceScaleFactor of [1, 1.5, 2]) {
  test.describe(`at ${deviceScaleFactor} device pixels`, () => {
    test.use({ deviceScaleFactor });
    test('the canvas has a pixel for every pixel of the screen', async ({ page }) => {
      const board = await new Board(page).open();
      await expect
        .poll(() => board.curve.evaluate((canvas: HTMLCanvasElement) => canvas.width / canvas.getBoundingClientRect().width))
        .toBeCloseTo(deviceScaleFactor, 1);
    });
  });
}

test('the curve is painted, and in the colours of the theme', async ({ page, unseen }) => {
  const board = await new Board(page).open();
  await board.steps(3);
  const inks = (): Promise<string[]> =>
    board.curve.evaluate((canvas: HTMLCanvasElement) => {
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      const counted = new Map<string, number>();
      for (let at = 0; at < pixels.length; at += 4) {
        if ((pixels[at + 3] ?? 0) < 255) continue;
        const colour = [pixels[at], pixels[at + 1], pixels[at + 2]].join(' ');
        counted.set(colour, (counted.get(colour) ?? 0) + 1);
      }
      return [...counted].filter(([, count]) => count > 40).map(([colour]) => colour);
    });
  await expect.poll(inks).toContain('11 122 102');
  await board.button('Dark theme').click();
  await expect.poll(inks).toContain('79 199 173');
  // The browser advises against reading a canvas often, which only this test does.
  expect(unseen.splice(0).filter(message => !message.includes('willReadFrequently'))).toEqual([]);
});

test('the theme follows the system, and by hand is remembered', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  const board = await new Board(page).open();
  const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(paper).not.toBe(light);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(paper).toBe(light);
  await board.button('Dark theme').click();
  await expect.poll(paper).not.toBe(light);
  await page.reload();
  await expect(board.button('Dark theme')).toHaveAttribute('aria-pressed', 'true');
  await board.button('Dark theme').click();
  await expect.poll(paper).toBe(light);
});

test('the language follows the browser, the link, and the button', async ({ page, browser }) => {
  const board = await new Board(page).open();
  await board.steps(1);
  await board.button('中文').click();
  await expect(page.getByRole('button', { name: '复制链接' })).toBeVisible();
  await expect(page.getByRole('status')).toHaveText('第 1 步。x ← 2 − 0.1 × 16 = 0.4；y 从 16 降到 0.64。');
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-Hans');
  await expect(page).toHaveURL(/lang=zh/);
  const english = await browser.newPage({ locale: 'en-US' });
  await english.goto(page.url());
  await expect(english.getByRole('button', { name: '前进一步' })).toBeVisible();
  await english.close();
});

test('the lesson folds away and opens again', async ({ page }) => {
  const board = await new Board(page).open();
  await board.button('Fold the lesson').click();
  await expect(board.button('set η to 0.1')).toBeHidden();
  await board.button('Open the lesson').click();
  await expect(board.button('set η to 0.1')).toBeVisible();
});
