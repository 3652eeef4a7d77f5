import { render } from 'preact';
import { keepState, viewElement } from '../shared/host.js';
import { App } from './app.js';
import { load } from './load.js';
import { wanted } from './state.js';
import '@vscode/codicons/dist/codicon.css';
import '../shared/base.css';
import '../shared/chart/chart.css';
import './ranking.css';

keepState(wanted.peek());
void load();
render(<App />, viewElement);
