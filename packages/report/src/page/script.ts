// The page's script, plain JavaScript that runs in the reader's browser: it shows the chosen panel of each select and
// moves the points of the scatters. Without it all panels stand one under the other.

export const SCRIPT = `
document.documentElement.classList.add('scripted');
for (const select of document.querySelectorAll('select[data-selects]')) {
  const show = () => {
    for (const panel of document.querySelectorAll('[data-panel="' + select.dataset.selects + '"]')) {
      panel.hidden = panel.dataset.index !== select.value;
    }
  };
  select.addEventListener('change', show);
  show();
}
const data = document.getElementById('pair-data');
if (data) {
  const { scorer, names, regions } = JSON.parse(data.textContent);
  const [across, up] = ['pair-x', 'pair-y'].map((id) => document.getElementById(id));
  const charts = document.querySelectorAll('#pairs svg');
  const draw = () => {
    const [x, y] = [across.value, up.value];
    regions.forEach(({ region, steps }, i) => {
      const [first, second] = [steps[x], steps[y]];
      const isPaired = first.length === second.length;
      const dots = first.map((at, j) => (!isPaired || at === null || second[j] === null ? '' : 'M' + at + ' ' + second[j] + 'h0'));
      charts[i].querySelector('.cloud').setAttribute('d', dots.join(''));
      charts[i].querySelectorAll('.label').forEach((label, axis) => (label.textContent = names[axis === 0 ? x : y]));
      charts[i].setAttribute('aria-label', scorer + ' of ' + names[y] + ' against ' + names[x] + ', ' + region);
    });
  };
  across.addEventListener('change', draw);
  up.addEventListener('change', draw);
}`;
