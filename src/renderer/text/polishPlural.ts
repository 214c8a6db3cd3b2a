const rules = new Intl.PluralRules('pl')

/** The form of a Polish noun after a number: 1 krok, 2 kroki, 5 kroków. */
export function polishPlural(count: number, one: string, few: string, many: string): string {
  const rule = rules.select(count)
  return rule === 'one' ? one : rule === 'few' ? few : many
}
