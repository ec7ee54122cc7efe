import AxeBuilder from '@axe-core/playwright';
import { Board } from './board';
import { expect, test } from './test';

test('everything can be done with the keyboard alone', async ({ page }) => {
  const board = await new Board(page).open();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(board.status).toContainText('Step 2.');
  await page.keyboard.press('ArrowLeft');
  await expect(board.status).toContainText('Step 1 of 2.');
  await page.keyboard.press('End');
  await expect(board.status).toContainText('Step 2.');
  await page.keyboard.press('Home');
  await expect(board.status).toContainText('Step 0.');
  await page.keyboard.press('End');
  await expect(board.status).toContainText('Step 2.');
  await page.keyboard.press('r');
  await expect(board.status).toContainText('Step 0.');
  await page.keyboard.press('End');
  await expect(board.status).toContainText('Step 0.');
  await page.keyboard.press('Space');
  await expect(board.button('Pause')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(board.button('Play')).toBeVisible();

  // The skip link leads to the transport, and Tab from there to the speed and the learning rate.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'To the controls' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(board.button('Play')).toBeFocused();
  for (const next of [board.button('Step'), board.button('To end'), board.button('Restart with this rate'), page.getByRole('button', { name: 'a whole update' }), page.getByRole('button', { name: 'one operator' }), page.getByRole('combobox', { name: 'Speed' }), board.rate, board.slider]) {
    await page.keyboard.press('Tab');
    await expect(next).toBeFocused();
  }
  const step = await board.step();
  await page.keyboard.press('ArrowRight');
  await expect(board.rate).toHaveValue('0.112');
  expect(await board.step()).toBe(step);
  // Space plays from the slider, which has no use for it.
  await page.keyboard.press('Space');
  await expect(board.button('Pause')).toBeVisible();
  await page.keyboard.press('Space');

  // In the number field the arrows belong to the text.
  await board.rate.focus();
  await page.keyboard.type('0.2');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(board.button('Play')).toBeVisible();
});

test('the arrow keys walk along the edges of the graph', async ({ page }) => {
  const board = await new Board(page).open();
  await board.node('x', '2', '16').focus();
  await page.keyboard.press('ArrowRight');
  await expect(board.node('x²', '4', '4')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(board.node('y', '16', '1')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(board.node('y', '16', '1')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(board.node('x', '2', '16')).toBeFocused();
  expect(await board.step()).toBe(0);
});

test('each step is announced in one sentence, and fast play does not drown the listener', async ({ page }) => {
  const board = await new Board(page).open();
  await expect(board.status).toHaveText('Step 0. x = 2, y = 16.');
  await board.steps(1);
  await expect(board.status).toHaveText('Step 1. x ← 2 − 0.1 × 16 = 0.4; y falls from 16 to 0.64.');
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('100×');
  await board.status.evaluate(status => {
    Object.assign(window, { announced: 0 });
    new MutationObserver(() => ((window as unknown as { announced: number }).announced += 1)).observe(status, {
      childList: true, characterData: true, subtree: true,
    });
  });
  await board.button('Play').click();
  await page.waitForTimeout(1500);
  expect(await page.evaluate(() => (window as unknown as { announced: number }).announced)).toBeLessThanOrEqual(2);
  await board.button('Pause').click();
  await expect(board.status).toContainText(`Step ${await board.step()}.`);
});

test('with reduced motion nothing moves', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const board = await new Board(page).open();
  await board.steps(1);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  await expect(board.node('x', '0.4', '3.2')).toBeVisible();
});

test('otherwise values run along the edges, and leave nothing behind', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  const board = await new Board(page).open();
  await board.steps(1);
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
  await expect(page.locator('svg .bead')).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const locale of ['en-US', 'zh-CN']) {
    test.describe(`${colorScheme}, ${locale}`, () => {
      test.use({ colorScheme, locale });
      test('axe finds nothing', async ({ page }) => {
        await page.goto('./#v=99&run=gd:0.1,0.24@2&step=4');
        await page.getByRole('table').first().waitFor();
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        for (const tables of [2, 3]) {
          await page.getByRole('button', { name: /(Show the numbers|显示数值)$/ }).first().click();
          await expect(page.getByRole('table')).toHaveCount(tables);
        }
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        await page.getByRole('button', { name: /^(Program|程序)/ }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('textbox').fill('y = 4z^2\nx x');
        await expect(dialog.getByRole('listitem')).not.toHaveCount(0);
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      });

      test('axe finds nothing on the dialog with the link, nor where a run diverged', async ({ page }) => {
        await page.addInitScript(() => (navigator.clipboard.writeText = () => Promise.reject(new Error('closed'))));
        await page.goto('./#run=gd:1&step=400');
        await expect(page.getByRole('button', { name: /0\.25$/ }).last()).toBeVisible();
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        await page.getByRole('button', { name: /^(Copy link|复制链接)$/ }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      });
    });
  }
}

test('forced colours keep the graph and the controls visible', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  const board = await new Board(page).open();
  const stroke = await page.locator('.node rect').first().evaluate(node => getComputedStyle(node).stroke);
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(stroke).not.toBe(paper);
  await board.steps(1);
  // The charts take the system's colours too: their paper is the page's.
  for (const picture of [board.curve, board.function]) {
    await expect
      .poll(() =>
        picture.evaluate((canvas: HTMLCanvasElement) => {
          const [red, green, blue] = canvas.getContext('2d')?.getImageData(1, 1, 1, 1).data ?? [];
          return `rgb(${red}, ${green}, ${blue})`;
        }),
      )
      .toBe(paper);
  }
});
