import { app, shell } from 'electron'
import { pageFolder, trainerEntry, workshopEntry } from './host/builtFiles'
import { choosePath } from './host/electron/dialogs.electron'
import { givenPath, onOpenFile } from './host/electron/givenRuns.electron'
import { speakAs } from './host/electron/hostText.electron'
import { connectWindows } from './host/electron/ipc.electron'
import { installMenu } from './host/electron/menu.electron'
import { registerPageScheme, servePage } from './host/electron/page.electron'
import { guardQuit } from './host/electron/quit.electron'
import { lockDown } from './host/electron/security.electron'
import { forkUtility } from './host/electron/utilityProcess.electron'
import { openWindow } from './host/electron/window.electron'
import { AllowedPaths } from './services/allowedPaths'
import { openStudio } from './services/studio'
import { userFolders } from './services/userFolders'

/** The desktop app: what is set up, in this order. */
async function start(): Promise<void> {
  await app.whenReady()
  lockDown()
  servePage(pageFolder)
  const studio = await openStudio({
    kind: 'electron',
    folders: userFolders,
    spawnTrainer: forkUtility(trainerEntry, 'Kwiat trainer'),
    spawnWorkshop: forkUtility(workshopEntry, 'Kwiat workshop'),
    createAllowedPaths: (chosen) => new AllowedPaths(chosen, 'choose it with Open, or drop it on the window'),
    choosePath,
    revealFolder: (folder) => shell.showItemInFolder(folder),
    startedWith: givenPath(process.argv, process.cwd()) ?? opened.at(0) ?? null,
    onSettings: ({ language }) => {
      speakAs(language)
      installMenu(studio.hub.emit)
    }
  })
  openGiven = (path) => void studio.openRun(path).catch(studio.onBug)
  connectWindows(studio)
  speakAs(studio.settings.language)
  installMenu(studio.hub.emit)
  const window = openWindow()
  guardQuit(studio, window)
  app.on('second-instance', (_event, argv, folder) => {
    window.restore()
    window.focus()
    const path = givenPath(argv, folder)
    if (path !== null) {
      openGiven(path)
    }
  })
}

registerPageScheme()
const opened: string[] = []
/** Until the studio is there, what is opened waits. */
let openGiven = (path: string): void => {
  opened.push(path)
}
onOpenFile((path) => openGiven(path))
if (app.requestSingleInstanceLock()) {
  void start()
} else {
  app.quit()
}
