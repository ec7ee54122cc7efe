/** The ready examples on the page: their menu, their texts, and what can be changed of them by hand. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { EXAMPLES } from '../../www/examples/list';
import { Board } from './board';
import { pack } from './packing';
import { PERCEPTRON } from './programs';
import { expect, test } from './test';

const menuButton = (page: Page): Locator => page.getByRole('heading', { level: 1 }).getByRole('button');

async function pick(page: Page, title: string): Promise<void> {
  await menuButton(page).click();
  await page.getByRole('menuitemradio', { name: title }).click();
  await expect(page.getByRole('heading', { level: 2, name: title })).toBeVisible();
}

test('each example opens from the menu, in both languages, and Back returns', async ({ page }) => {
  test.slow();
  const board = await new Board(page).open();
  for (const { key, title, program, prose, inside, view: at } of EXAMPLES) {
    await pick(page, title.en);
    const runs = at === undefined ? '' : `(&run=[^&]+)+(&sel=\\d)?(&step=\\d+)?(&check=\\w+)?`;
    const view = inside === undefined ? runs : `&gear=operator&at=${inside}`;
    await expect(page).toHaveURL(new RegExp(`#v=1&lesson=${key}${view}(&lang=en)?$`));
    await expect(menuButton(page)).toContainText(title.en);
    const words = (text: string): string => /[A-Za-z]{2,}(?: [a-z]+){2,}/.exec(text)?.[0] ?? text;
    const column = page.getByRole('complementary', { name: 'Lesson' });
    for (const said of prose(program)) await expect(column).toContainText(words(said.en));
    await board.button('中文').click();
    await expect(page.getByRole('heading', { level: 2, name: title.zh })).toBeVisible();
    await expect(page.getByText('先猜一猜').or(page.getByText('试一试')).first()).toBeVisible();
    await page.getByRole('button', { name: 'EN', exact: true }).click();
  }
  await page.goBack();
  await expect(page.getByRole('heading', { level: 2, name: EXAMPLES.at(-2)?.title.en ?? '' })).toBeVisible();
  for (let left = EXAMPLES.length - 1; left > 0; left -= 1) await page.goBack();
  await expect(board.node('x', '2', '16')).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'Learning rate' })).toBeVisible();
});

for (const { key, inside = 3 } of EXAMPLES.filter(({ view }) => view === undefined)) {
  test(`${key} is walked through, and a factor of its formula is lit wherever it stands`, async ({ page }) => {
    const board = await new Board(page).open(`lesson=${key}&gear=operator&at=${inside - 1}`);
    const step = page.getByRole('region', { name: 'Step', exact: true });
    await expect(step).toBeVisible();
    await board.steps(1);
    await expect(page).toHaveURL(new RegExp(`&at=${inside}`));
    // The gradient itself, which stands in the formula, the list, the numbers and the graph.
    const of = await step.locator('.large [data-of^=g]').first().getAttribute('data-of');
    const places = [`.p-step .large [data-of="${of}"]`, `.p-all .now [data-of="${of}"]`, `.p-step figure[data-of="${of}"]`, `svg.graph .half[data-of="${of}"]`].map(each => page.locator(each).first());
    const lit = (): Promise<boolean[]> => Promise.all(places.map(place => place.evaluate(element => {
      const { outlineStyle, opacity } = getComputedStyle(element);
      return element instanceof SVGElement ? opacity === '1' : outlineStyle === 'solid';
    })));
    for (const pointed of places.slice(0, 3)) {
      await pointed.hover();
      await expect.poll(lit).toEqual([true, true, true, true]);
    }
    await expect(page.getByRole('region', { name: 'Paths', exact: true })).toContainText(key === 'doubling' ? '1,048,576' : '✓');
    await page.keyboard.press('End');
    await expect(page.getByRole('region', { name: 'All steps', exact: true }).locator('.ahead')).toHaveCount(0);
  });
}

test('the menu is gone through by keyboard, and gives the focus back', async ({ page }) => {
  const board = await new Board(page).open();
  const button = menuButton(page);
  await expect(button).toHaveAttribute('aria-expanded', 'false');
  await button.press('Enter');
  const items = page.getByRole('menuitemradio');
  await expect(items).toHaveCount(EXAMPLES.length + 1);
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  await expect(items.first()).toBeFocused();
  await expect(items.first()).toHaveAttribute('aria-checked', 'true');
  await page.keyboard.press('ArrowUp');
  await expect(items.last()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(items.nth(1)).toBeFocused();
  await page.keyboard.press('End');
  await expect(items.last()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(items).toHaveCount(0);
  await expect(button).toBeFocused();
  await expect(button).toHaveAttribute('aria-expanded', 'false');
  await button.click();
  await expect(items.first()).toBeFocused();
  await button.click();
  await expect(items).toHaveCount(0);
  await button.click();
  await page.mouse.click(700, 500);
  await expect(items).toHaveCount(0);
  await button.focus();
  // None of these keys moved the run.
  await expect(board.status).toContainText('Step 0.');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: EXAMPLES[0]?.title.en })).toBeVisible();
});

test('the arrows beside the title lead to the lessons before and after', async ({ page }) => {
  const board = await new Board(page).open();
  await expect(board.button('Previous lesson')).toBeDisabled();
  await board.button('Next lesson').click();
  await expect(menuButton(page)).toContainText('2 ·');
  await board.button('Next lesson').click();
  await expect(menuButton(page)).toContainText(`3 ·${EXAMPLES[1]?.title.en}`);
  await board.button('Previous lesson').click();
  await board.button('Previous lesson').click();
  await expect(board.node('x', '2', '16')).toBeVisible();
  const length = await page.evaluate(() => history.length);
  await board.button('Next lesson').dblclick();
  await expect(menuButton(page)).toContainText('2 ·');
  await expect(board.button('Previous lesson')).toBeEnabled();
  expect(await page.evaluate(() => history.length)).toBe(length + 1);
  await board.open(`v=1&lesson=${EXAMPLES.at(-1)?.key}`);
  await expect(board.button('Next lesson')).toBeDisabled();
});

test('a drag changes the program and the numbers, leaves the rate and the gear, and travels by link', async ({ page, context }) => {
  const board = await new Board(page).open('v=1&lesson=chain-rule');
  await board.typeRate('0.3');
  await board.steps(2);
  const length = await page.evaluate(() => history.length);
  const x = page.getByRole('slider', { name: 'x', exact: true });
  await x.fill('0.5');
  await expect(board.node('x', '0.5', (Math.cos(0.25)).toPrecision(4))).toBeVisible();
  await expect(board.rate).toHaveValue('0.3');
  expect(await board.step()).toBe(0);
  const field = page.getByRole('textbox', { name: 'x, value' });
  await expect(field).toHaveValue('0.5');
  await field.fill('−1');
  await field.press('Enter');
  await expect(board.node('x', '−1', (2 * Math.cos(1) * -1).toPrecision(4).replace('-', '−'))).toBeVisible();
  await field.fill('7');
  await field.press('Enter');
  await expect(page.getByText('Type a number from −3 to 3.')).toBeVisible();
  await field.fill('2');
  await field.press('Enter');
  await expect(page.getByText('Type a number from')).toHaveCount(0);
  await expect(page).toHaveURL(/lesson=chain-rule&run=gd:0\.3&p=/);
  expect(await page.evaluate(() => history.length)).toBe(length);
  await board.button('Copy link').click();
  await expect(board.status).toContainText('Copied');
  const other = new Board(await context.newPage());
  await other.open(new URL(page.url()).hash.slice(1));
  await expect(other.page.getByRole('slider', { name: 'x', exact: true })).toHaveValue('2');
  await expect(other.page.getByRole('heading', { level: 2, name: 'The chain rule' })).toBeVisible();
  await board.button('Reset the example').click();
  await expect(page).toHaveURL(/lesson=chain-rule&run=gd:0\.3$/);
});

test('a choice changes the graph, and the walk stays where it was', async ({ page }) => {
  const board = await new Board(page).open('lesson=perceptron&gear=operator&at=8');
  await expect(board.status).toContainText('∂L/∂z = ∂L/∂h ⊙ (1 − h²)');
  await board.button('relu').click();
  await expect(board.button('relu')).toHaveAttribute('aria-pressed', 'true');
  await expect(board.status).toContainText('∂L/∂z = ∂L/∂h ⊙ relu′(z)');
  await expect(board.button('one operator')).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/lesson=perceptron.*gear=operator&at=8&p=/);
  await board.button('none').click();
  await expect(page.getByRole('complementary', { name: 'Lesson' })).toContainText('that is why φ is needed');
  await expect(page.getByRole('button', { name: /^d, / })).toBeVisible();
  await board.button('tanh').click();
  await expect(page).toHaveURL(/lesson=perceptron&gear=operator&at=\d+$/);
});

test('each loss is chosen by name, and pulling the prediction to the label lowers it', async ({ page }) => {
  const board = await new Board(page).open('v=1&lesson=loss');
  const choice = page.getByRole('combobox', { name: 'Loss' });
  for (const key of ['mse', 'squared_error', 'mae', 'huber', 'bce', 'bce_logits', 'cross_entropy', 'hinge']) {
    await choice.selectOption(key);
    const slider = page.getByRole('slider').first();
    const most = await slider.getAttribute('max');
    await slider.fill(key in { mse: 0, squared_error: 0, mae: 0, huber: 0 } ? '1' : (most ?? ''));
    const low = parseFloat((/L\s=\s([\d.]+)/.exec(await board.status.innerText()) ?? [])[1] ?? '');
    await slider.fill((await slider.getAttribute('min')) ?? '');
    await expect.poll(async () => parseFloat((/L\s=\s([\d.]+)/.exec(await board.status.innerText()) ?? [])[1] ?? '')).toBeGreaterThan(low);
  }
});

test('samples are turned to rows and back, also of a program of one’s own', async ({ page }) => {
  const board = await new Board(page).open('v=1&lesson=perceptron');
  await board.button('rows').click();
  await expect(board.button('rows')).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/lesson=perceptron&p=/);
  await expect(board.status).toContainText('L = 3.85');
  await board.button('columns').click();
  await expect(page).toHaveURL(/lesson=perceptron$/);
  await page.goto('about:blank');
  await board.open(`p=${pack('data x = [1, 2; 3, 4]\nparam W = [1, 2]\nL = sum((W @ x)^2)')}`);
  await board.button('rows').click();
  await expect(page.locator('.listing')).toContainText('x @ W');
  await expect(page.locator('.listing [data-of^=v]')).not.toHaveCount(0);
});

test('what was typed for one lesson is gone with it', async ({ page }) => {
  await new Board(page).open('v=1&lesson=chain-rule');
  const field = page.getByRole('textbox', { name: 'x, value' });
  await field.fill('99');
  await field.press('Enter');
  await expect(page.getByText('Type a number from')).toBeVisible();
  await pick(page, 'Three times x');
  await expect(page.getByText('Type a number from')).toHaveCount(0);
  await expect(field).not.toHaveValue('99');
});

test('the doublings are told in words that fit them', async ({ page }) => {
  const board = await new Board(page).open('v=1&lesson=doubling');
  const prose = page.locator('.prose');
  await expect(prose).toContainText('With 20 of them that makes 2²⁰ = 1048576 paths');
  await page.getByRole('slider', { name: 'doublings' }).fill('1');
  await expect(prose).toContainText('With 1 of them that makes 2¹ = 2 paths');
  await expect(prose).toContainText('in 1 step.');
  await board.open(`lesson=doubling&p=${pack('param x = 1\ns = x\ns = s + s\ns = s + s\nminimize s\n')}`);
  await expect(prose).toContainText('With n of them that makes 2ⁿ paths');
});

test('the chart of norms follows the factor, and has its numbers as a table', async ({ page }) => {
  await new Board(page).open('v=1&lesson=recurrent');
  const chart = page.getByRole('img', { name: /^Norm of the gradient/ });
  const norms = async (): Promise<number[]> => (await page.getByRole('table', { name: 'Norm of the gradient by t' }).getByRole('cell').allInnerTexts()).map(Number);
  const factor = page.getByRole('slider', { name: 'factor of U' });
  for (const value of [0.5, 1, 1.5]) {
    await factor.fill(String(value));
    await expect.poll(async () => { const all = await norms(); return (all[0] ?? NaN) / (all[1] ?? NaN); }).toBeCloseTo(value, 2);
    expect(await norms()).toHaveLength(8);
  }
  await chart.hover();
  await expect(page.locator('.norms .reading')).toContainText(/t = [45]: /);
  await page.mouse.move(2, 2);
  await expect(page.locator('.norms .reading')).toBeEmpty();
  const step = await page.getByRole('status').textContent();
  for (const [key, t] of [['ArrowRight', 1], ['ArrowRight', 2], ['ArrowRight', 3], ['ArrowLeft', 2]] as const) {
    await chart.press(key);
    await expect(page.locator('.norms .reading')).toContainText(`t = ${t}: `);
  }
  await expect(page.getByRole('status')).toHaveText(step ?? '');
});

test('a program that was edited keeps its lesson as long as it is still that program', async ({ page }) => {
  const board = await new Board(page).open('v=1&lesson=perceptron');
  const edit = async (text: string): Promise<void> => {
    await page.getByRole('button', { name: /^Program:/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Program' });
    await dialog.getByRole('textbox').fill(text);
    await dialog.getByRole('button', { name: 'Use this program' }).click();
    await expect(dialog).toBeHidden();
  };
  await edit(PERCEPTRON.replace('tanh(z)', 'z^3'));
  await expect(page.getByText('this control no longer finds its place')).toBeVisible();
  await expect(board.button('relu')).toBeDisabled();
  await expect(page).toHaveURL(/lesson=perceptron&p=/);
  await board.button('Reset the example').click();
  await expect(board.button('relu')).toBeEnabled();
  await edit('param a = 3\nb = a^2\nminimize b');
  await expect(page.getByRole('heading', { level: 2, name: 'Minimize b' })).toBeVisible();
  await expect(page).toHaveURL(/#v=1&p=/);
});

test('an unknown lesson is told, and the first one opens', async ({ page }) => {
  const board = new Board(page);
  await page.goto('./#lesson=alchemy&run=gd:0.3&step=4&lang=zh');
  await expect(page.locator('.notice')).toContainText('本页没有名为“alchemy”的课程。');
  await page.goto('about:blank');
  await board.open('lesson=alchemy&run=gd:0.3&step=4');
  await expect(board.notices).toContainText('This page has no lesson “alchemy”.');
  await expect(board.node('x', '2', '16')).toBeVisible();
  await page.goto('about:blank');
  await board.open(`lesson=alchemy&run=gd:0.3&p=${pack('param w = 3\nL = w^2')}`);
  await expect(board.node('w', '3', '6')).toBeVisible();
  await expect(board.rate).toHaveValue('0.3');
  await page.goto('about:blank');
  await board.open('lesson=<b>1</b>');
  await expect(board.notices).toContainText('“lesson=<b>1</b>” in the link is not known');
});

test('a lesson that can’t be fetched is told', async ({ page, unseen }) => {
  await page.route(/shelf-/, route => route.abort());
  const board = await new Board(page).open('v=1&lesson=perceptron');
  await expect(board.notices).toContainText('The lesson “perceptron” could not be loaded.');
  await expect(board.node('x', '2', '16')).toBeVisible();
  unseen.length = 0;
});

test('a drag opens its program within a frame’s budget', async ({ page }) => {
  await new Board(page).open('v=1&lesson=weight-decay');
  const slider = page.getByRole('slider', { name: 'λ' });
  const took = await slider.evaluate(async (input: HTMLInputElement) => {
    const times: number[] = [];
    for (let at = 0; at < 40; at++) {
      const before = performance.now();
      input.value = String(at / 40);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      times.push(performance.now() - before);
      await new Promise(requestAnimationFrame);
    }
    return times.sort((a, b) => a - b)[20] ?? NaN;
  });
  expect(took).toBeLessThan(8);
});

// Every theme and every language, each once.
for (const [colorScheme, locale] of [['light', 'zh-CN'], ['dark', 'en-US']] as const) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use({ colorScheme, locale });
    test('axe finds nothing on any example, nor on the menu', async ({ page }) => {
      test.slow();
      for (const { key } of EXAMPLES) {
        await page.goto('about:blank');
        await page.goto(`./#lesson=${key}`);
        await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
        expect((await new AxeBuilder({ page }).include('.lesson').include('.top').analyze()).violations, key).toEqual([]);
      }
      await menuButton(page).click();
      await expect(page.getByRole('menu')).toBeVisible();
      expect((await new AxeBuilder({ page }).include('.top').analyze()).violations, 'menu').toEqual([]);
    });
  });
}
