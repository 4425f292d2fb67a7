import { Box } from 'ink';
import type { ReactElement } from 'react';
import { OverlayScreen } from './overlays/overlay-screen.js';
import { type Scene, SceneProvider, useSlice } from './parts/context.js';
import { KeyLine } from './parts/key-line.js';
import { CatalogueScreen } from './screens/catalogue-screen.js';
import { LabScreen } from './screens/lab-screen.js';
import { LessonsScreen, ReviewScreen } from './screens/learn-screens.js';
import {
  ErrorScreen,
  ExamResultScreen,
  ExamStartScreen,
  LoadingScreen,
  ProgressScreen,
  ReportScreen,
} from './screens/plain-screens.js';
import { ReplayScreen } from './screens/replay-screen.js';
import type { Screen } from './store/state.js';

/** Everything a person sees: one screen, or what lies over it, and the keys. */
export function App({ scene }: { readonly scene: Scene }): ReactElement {
  return (
    <SceneProvider value={scene}>
      <Frame />
    </SceneProvider>
  );
}

function Frame(): ReactElement {
  const { columns, rows } = useSlice((state) => state.size);
  const screen = useSlice((state) => state.screen);
  const overlay = useSlice((state) => state.overlay);
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Box flexDirection="column" height={rows - 1} overflow="hidden" flexShrink={0}>
        {overlay ? <OverlayScreen overlay={overlay} /> : <Shown screen={screen} />}
      </Box>
      <KeyLine />
    </Box>
  );
}

function Shown({ screen }: { readonly screen: Screen }): ReactElement {
  switch (screen.name) {
    case 'catalogue':
      return <CatalogueScreen />;
    case 'lessons':
      return <LessonsScreen />;
    case 'review':
      return <ReviewScreen />;
    case 'progress':
      return <ProgressScreen />;
    case 'loading':
      return <LoadingScreen title={screen.title} steps={screen.steps} progress={screen.progress} />;
    case 'lab':
      return <LabScreen />;
    case 'report':
      return <ReportScreen part={screen.part} />;
    case 'replay':
      return <ReplayScreen />;
    case 'exam-start':
      return <ExamStartScreen offer={screen.offer} />;
    case 'exam-result':
      return <ExamResultScreen />;
    case 'error':
      return <ErrorScreen title={screen.title} message={screen.message} />;
  }
}
