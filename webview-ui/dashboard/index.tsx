import { render } from 'preact';
import { viewElement } from '../shared/host.js';
import { Dashboard } from './dashboard.js';
import { follow } from './follow.js';
import '@vscode/codicons/dist/codicon.css';
import '../shared/base.css';
import '../shared/controls.css';
import '../shared/chart/chart.css';
import './dashboard.css';

render(<Dashboard />, viewElement);
follow();
