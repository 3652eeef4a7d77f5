import { render } from 'preact';
import { keepState, viewElement } from '../shared/host.js';
import { Gallery } from './gallery.js';
import { startLoading } from './load.js';
import { state } from './model.js';
import '../shared/base.css';
import '../shared/controls.css';
import './gallery.css';

keepState(state.value);
startLoading();
render(<Gallery />, viewElement);
