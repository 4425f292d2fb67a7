import { playTopic } from './play-topic.js';

playTopic('attached-storage');
