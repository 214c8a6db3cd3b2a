import { inject } from 'vitest'
import { describeStudio } from './scenario'
import { openDesktop } from './support/openDesktop'

const electron = inject('electron')

describeStudio('desktop', electron === null ? null : (options) => openDesktop(electron, inject('display'), options))
