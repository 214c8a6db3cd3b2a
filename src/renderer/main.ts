import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import { mount } from 'svelte'
import { z } from 'zod'
import App from './App.svelte'
import { connect } from './client'

// zod would try to compile its checks with eval, which the page's policy forbids.
z.config({ jitless: true })

const target = document.getElementById('studio')
if (target === null) {
  throw new Error('index.html has no element #studio')
}
mount(App, { target, props: { connection: connect() } })
