import { Box, Text } from 'ink';
import TextInput from 'ink-text-input';
import type { ReactElement } from 'react';
import { useScene, useSlice } from '../parts/context.js';
import { Lines } from '../parts/lines.js';
import { catalogueHeader, catalogueLines, examLine } from './catalogue-lines.js';

/** The catalogue: domains, labs, a search box. */
export function CatalogueScreen(): ReactElement {
  const state = useSlice((whole) => whole);
  const { columns, rows } = state.size;
  const { searching, query } = state.catalogue;
  const airy = rows >= 12;
  const box = searching || query !== '';
  const exam = examLine(state, columns);
  const withExam = airy && !box && exam.length > 0;
  const room = rows - 2 - (airy ? 2 : 0) - (box ? 1 : 0) - (withExam ? 1 : 0);
  return (
    <>
      <Lines lines={[catalogueHeader(state, columns)]} columns={columns} />
      {box && <SearchBox />}
      {withExam && <Lines lines={[exam]} columns={columns} />}
      {airy && <Lines lines={[[]]} columns={columns} />}
      <Lines lines={catalogueLines(state, columns, room)} columns={columns} rows={Math.max(0, room)} />
      {airy && <Lines lines={[[]]} columns={columns} />}
    </>
  );
}

function SearchBox(): ReactElement {
  const { store, theme } = useScene();
  const searching = useSlice((state) => state.catalogue.searching);
  const query = useSlice((state) => state.catalogue.query);
  const columns = useSlice((state) => state.size.columns);
  return (
    <Box width={columns} height={1} flexShrink={0} overflow="hidden">
      <Text>{theme.paint('focus', ' / ')}</Text>
      <TextInput
        value={query}
        focus={searching}
        showCursor={searching}
        onChange={(next) => store.dispatch({ type: 'searched', query: next })}
      />
    </Box>
  );
}
