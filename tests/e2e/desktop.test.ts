import { inject } from 'vitest'
import { describeCheckpoints } from './checkpointsScenario'
import { describeModelView } from './modelScenario'
import { describeStudio } from './scenario'
import { openDesktop } from './support/openDesktop'
import type { OpenStudio } from './support/studioUnderTest'

const electron = inject('electron')
const open: OpenStudio | null =
  electron === null ? null : (options) => openDesktop(electron, inject('display'), options)

describeStudio('desktop', open)
describeCheckpoints('desktop', open)
describeModelView('desktop', open)
