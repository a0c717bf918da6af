const usual: readonly number[] = [0.75, 1, 1.25, 1.5, 1.75, 2]

/** A list of speeds under its name; once is the usual one. */
export function speedChoice(name: string, choose: (speed: number) => void, speeds = usual): HTMLLabelElement {
  const select = document.createElement('select')
  const format = new Intl.NumberFormat(document.documentElement.lang)
  for (const speed of speeds) {
    select.add(new Option(`${format.format(speed)}×`, String(speed), speed === 1, speed === 1))
  }
  select.addEventListener('change', () => choose(Number(select.value)))
  const label = document.createElement('label')
  label.className = 'screen'
  label.append(name, ' ', select)
  return label
}
