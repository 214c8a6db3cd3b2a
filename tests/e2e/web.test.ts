import { inject } from 'vitest'
import { describeStudio } from './scenario'
import { openWeb } from './support/openWeb'

const chromium = inject('chromium')

describeStudio('kwiat serve', chromium === null ? null : (options) => openWeb(chromium, options))
