import { playTopic } from './play-topic.js';

playTopic('helm');
