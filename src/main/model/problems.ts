import type { Problem } from '../../shared/architecture/problems'
import type { Role } from '../../shared/architecture/roles'
import type { InEveryLanguage, Language } from '../../shared/language'
import { meanings } from './checks/registerChecks'
import type { ArchitectureExamination } from './examination'
import type { Finding, MisfitText } from './finding'

interface Words {
  readonly networks: Readonly<Record<Role, string>>
  readonly run: string
  readonly layer: (network: string, name: string, type: string) => string
  readonly sentence: (who: string, text: MisfitText) => string
}

const words: InEveryLanguage<Words> = {
  en: {
    networks: { generator: 'generator', discriminator: 'discriminator' },
    run: 'run',
    layer: (network, name, type) => `${network}, layer ${name} (${type})`,
    sentence: (who, { expected, actual, todo }) => `${who}: expected ${expected}, got ${actual}; ${todo}.`
  },
  pl: {
    networks: { generator: 'generator', discriminator: 'dyskryminator' },
    run: 'trening',
    layer: (network, name, type) => `${network}, warstwa ${name} (${type})`,
    sentence: (who, { expected, actual, todo }) => `${who} – oczekiwane: ${expected}; jest: ${actual}. Rada: ${todo}.`
  }
}

/** A finding in one language, with the name of the layer that it stands on. */
export function toProblem(
  { code, severity, network, position, text, repair }: Finding,
  examined: ArchitectureExamination,
  language: Language
): Problem {
  const { networks, run, layer, sentence } = words[language]
  const place = network === null || position === null ? undefined : examined[network].layers[position]
  const subject = network === null ? run : networks[network]
  const who = place === undefined ? subject : layer(subject, place.name, place.spec.type)
  return {
    code,
    severity,
    network,
    layer: place?.name ?? null,
    position,
    expected: text[language].expected,
    actual: text[language].actual,
    sentence: sentence(who, text[language]),
    why: meanings[code].why[language],
    repair: repair === null ? null : { label: repair.label[language], edits: repair.edits }
  }
}
