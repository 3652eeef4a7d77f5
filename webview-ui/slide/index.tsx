import { render } from 'preact';
import { keepState, viewElement } from '../shared/host.js';
import { App } from './app.js';
import { startLoading } from './load.js';
import { state } from './model.js';
import '../shared/base.css';
import '../shared/controls.css';
import './slide.css';

keepState(state.value);
startLoading();
render(<App />, viewElement);
