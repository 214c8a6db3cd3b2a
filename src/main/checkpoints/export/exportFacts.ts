import type { ExportedModel } from './exportedModel'

/** The licence that is noted where the user names none. */
const noLicence = 'not stated; ask whoever trained it, and mind the rights in the pictures it was trained on'

/**
 * What an exported file says about itself, as texts by name. Only what is known: a score that was not measured is not
 * there.
 *
 * @param licence the user's own words, as "CC BY 4.0"; empty for none
 */
export function exportFacts({ run, manifest, which }: ExportedModel, licence: string): Record<string, string> {
  const { architecture, schedule, preset, loss } = run.configuration
  const measured = Object.entries(manifest.metrics ?? {}).map(([name, value]) => [`metric.${name}`, String(value)])
  return {
    licence: licence.trim() || noLicence,
    source: 'Kwiat',
    run: run.name,
    'run.id': run.id,
    preset,
    weights: which === 'ema' ? 'running average of the generator' : 'newest generator',
    step: String(manifest.step),
    kimg: String(manifest.kimg),
    saved: manifest.created,
    seed: String(schedule.seed),
    'batch.size': String(schedule.batchSize),
    loss: loss.kind,
    'latent.size': String(architecture.latentSize),
    'latent.distribution': schedule.latentDistribution,
    'picture.size': String(architecture.pictureSize),
    'picture.channels': String(architecture.channels),
    ...(run.data.fingerprint === null ? {} : { 'data.fingerprint': run.data.fingerprint }),
    engine: manifest.engine,
    ...Object.fromEntries(measured),
    ...Object.fromEntries(Object.entries(manifest.versions).map(([name, version]) => [`version.${name}`, version]))
  }
}
