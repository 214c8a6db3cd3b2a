import { inject } from 'vitest'
import { describeCheckpoints } from './checkpointsScenario'
import { describeModelView } from './modelScenario'
import { describeStudio } from './scenario'
import { openWeb } from './support/openWeb'
import type { OpenStudio } from './support/studioUnderTest'

const chromium = inject('chromium')
const open: OpenStudio | null = chromium === null ? null : (options) => openWeb(chromium, options)

describeStudio('kwiat serve', open)
describeCheckpoints('kwiat serve', open)
describeModelView('kwiat serve', open)
